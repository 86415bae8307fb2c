using Allie.Blandify.Table;

namespace Allie.Blandify.Rules.Boot;

/// <summary>etc/default/grub, from which grub-mkconfig makes menus: its kernel lines, and no search on other disks.</summary>
public static class GrubDefault
{
    public static string Rewrite(string text, BootTarget target) =>
        LineEdit.Each(text, line => IsCommandLine(LineEdit.KeyOf(line)) ? InValue(line, words => KernelWords.Rewrite(words, target)) : line);

    /// <summary>A KEY=value line with another value, in the quotes that it has.</summary>
    internal static string InValue(string line, Func<string, string> change)
    {
        var at = line.IndexOf('=') + 1;
        at += line[at..].Length - line[at..].TrimStart().Length;
        var value = line[at..].TrimEnd();
        var quotes = value.Length > 1 && value[0] is '"' or '\'' && value[^1] == value[0] ? 1 : 0;
        var inner = value[quotes..^quotes];
        return line[..(at + quotes)] + change(inner) + line[(at + quotes + inner.Length)..];
    }

    /// <summary>The key with this value: in its place, or added at the end.</summary>
    public static string With(string text, string key, string value)
    {
        var found = false;
        var changed = LineEdit.Each(text, line =>
        {
            if (!LineEdit.HasKey(line, key))
            {
                return line;
            }

            found = true;
            return LineEdit.ValueOf(line) == value.Trim('"') ? line : LineEdit.WithValue(line, value);
        });
        return found ? changed : changed + (changed.Length == 0 || changed.EndsWith('\n') ? "" : "\n") + $"{key}={value}\n";
    }

    private static bool IsCommandLine(string key) =>
        key.StartsWith("GRUB_CMDLINE_LINUX", StringComparison.Ordinal) || key.StartsWith("GRUB_CMDLINE_XEN", StringComparison.Ordinal);
}
