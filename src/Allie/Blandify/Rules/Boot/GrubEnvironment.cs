using System.Text.RegularExpressions;

namespace Allie.Blandify.Rules.Boot;

/// <summary>GRUB's environment block: 1024 bytes, a header line, NAME=VALUE lines, filled up with '#'. GRUB refuses any other size.</summary>
public static partial class GrubEnvironment
{
    private const int Size = 1024;
    private const string Header = "# GRUB Environment Block\n";
    private static readonly string[] OfOnePc = ["boot_uuid", "next_entry", "prev_saved_entry", "boot_indeterminate"];

    /// <returns>The same text when it is no environment block, or would grow beyond its size.</returns>
    public static string Rewrite(string text, BootTarget target, CapturedPc captured)
    {
        if (!text.StartsWith(Header, StringComparison.Ordinal))
        {
            return text;
        }

        var before = text[Header.Length..].Split('\n').Where(l => l.Contains('=') && !l.StartsWith('#')).ToList();
        var after = before.Select(l => Line(l, target, captured)).OfType<string>().ToList();
        var made = Header + string.Concat(after.Select(l => l + "\n"));
        return made.Length > Size || (after.SequenceEqual(before) && text.Length == Size) ? text : made.PadRight(Size, '#');
    }

    private static string? Line(string line, BootTarget target, CapturedPc captured)
    {
        var (key, value) = (line[..line.IndexOf('=')], line[(line.IndexOf('=') + 1)..]);
        return key switch
        {
            "saved_entry" => captured.WithoutIds(line) is var renamed && Uuid().IsMatch(renamed) ? null : renamed,
            "kernelopts" => $"kernelopts={KernelWords.Rewrite(value, target)}",
            _ when OfOnePc.Contains(key) => null,
            _ => line,
        };
    }

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")]
    private static partial Regex Uuid();
}
