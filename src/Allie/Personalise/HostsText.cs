using System.Text.RegularExpressions;

namespace Allie.Personalise;

/// <summary>/etc/hosts: the PC's own name on the 127.0.1.1 line (the Debian way; harmless elsewhere). Other lines stay byte for byte.</summary>
public static partial class HostsText
{
    /// <param name="text">The PC's hosts file so far: only there may the domain be known.</param>
    /// <param name="host">The PC's host name, perhaps with its domain.</param>
    /// <returns>The names for the line, the full one first.</returns>
    public static string NamesWith(string text, string host)
    {
        var old = Own().Match(text).Groups["names"].Value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return old.Contains(host, StringComparer.OrdinalIgnoreCase) ? string.Join(' ', old)
            : host.Contains('.') ? $"{host} {host.Split('.')[0]}"
            : host;
    }

    /// <param name="text">The image's hosts file.</param>
    /// <param name="names">As <see cref="NamesWith"/> gives them.</param>
    public static string WithNames(string text, string names)
    {
        var line = "127.0.1.1\t" + names;
        if (Own().IsMatch(text))
        {
            return Own().Replace(text, match => line + match.Groups["comment"].Value, 1);
        }

        var end = text.Length == 0 || text.EndsWith('\n') ? "" : "\n";
        return text + end + line + "\n";
    }

    [GeneratedRegex(@"^[ \t]*127\.0\.1\.1[ \t](?<names>[^#\n]*?)(?<comment>[ \t]*#[^\n]*)?$", RegexOptions.Multiline)]
    private static partial Regex Own();
}
