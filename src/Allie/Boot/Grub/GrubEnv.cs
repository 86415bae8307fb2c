using System.Text;
using Allie.Errors;

namespace Allie.Boot.Grub;

/// <summary>
/// allie.env, an environment block as grub-editenv(1) makes it: exactly 1024 bytes, because GRUB overwrites it in place and cannot make it
/// longer. The distribution's own grubenv is another file and is never written.
/// </summary>
public sealed record GrubEnv(IReadOnlyList<(string Name, string Value)> Values)
{
    public const string FileName = "allie.env";
    public const string Default = "allie_default";
    public const string Try = "allie_try";
    public const string Tries = "allie_tries";
    public const string Canary = "allie_canary";

    private const int Bytes = 1024;
    private const string Head = "# GRUB Environment Block\n";

    public static readonly GrubEnv Empty = new([]);

    /// <summary>"" for a name that is not there.</summary>
    public string this[string name] => Values.FirstOrDefault(v => v.Name == name).Value ?? "";

    /// <summary>What cannot be read is dropped: GRUB does the same, and then boots the distribution's default.</summary>
    public static GrubEnv Parse(string text)
    {
        if (!text.StartsWith(Head, StringComparison.Ordinal))
        {
            return Empty;
        }

        var lines = text[Head.Length..].Split('\n').Where(l => !l.StartsWith('#') && l.Contains('='));
        return new([.. lines.Select(l => l.Split('=', 2)).Select(p => (p[0], Unescaped(p[1])))]);
    }

    /// <summary>An empty value takes the name out.</summary>
    public GrubEnv With(string name, string value) =>
        new([.. Values.Where(v => v.Name != name), .. value.Length > 0 ? [(name, value)] : Array.Empty<(string, string)>()]);

    /// <exception cref="UserError">More than fits.</exception>
    public string Format()
    {
        var text = new StringBuilder(Head);
        foreach (var (name, value) in Values)
        {
            text.Append(name).Append('=').Append(value.Replace("\\", "\\\\").Replace("\n", "\\\n")).Append('\n');
        }

        return text.Length <= Bytes
            ? text.Append('#', Bytes - text.Length).ToString()
            : throw new UserError($"cannot write {FileName}: {text.Length} bytes, GRUB takes {Bytes}", "are the slots' names very long?");
    }

    private static string Unescaped(string value) => value.Replace("\\\\", "\\");
}
