using System.Text.RegularExpressions;

namespace Allie.Prep;

/// <summary>/etc/hosts: the PC's own name on the 127.0.1.1 line (the Debian way; harmless elsewhere). Other lines stay byte for byte.</summary>
public static partial class HostsText
{
    /// <param name="text">The image's hosts file.</param>
    /// <param name="host">The PC's host name, perhaps with its domain.</param>
    public static string WithName(string text, string host)
    {
        var names = host.Contains('.') ? $"{host} {host.Split('.')[0]}" : host;
        var line = "127.0.1.1\t" + names;
        if (Own().IsMatch(text))
        {
            return Own().Replace(text, match => line + match.Groups["comment"].Value, 1);
        }

        var end = text.Length == 0 || text.EndsWith('\n') ? "" : "\n";
        return text + end + line + "\n";
    }

    [GeneratedRegex(@"^[ \t]*127\.0\.1\.1[ \t][^#\n]*?(?<comment>[ \t]*#[^\n]*)?$", RegexOptions.Multiline)]
    private static partial Regex Own();
}
