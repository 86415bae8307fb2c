using Allie.Blandify.Table;

namespace Allie.Blandify.Rules.Identity;

/// <summary>
/// The captured PC's own name on loopback lines of etc/hosts. 127.0.1.1 is where Debian's installer puts it and nothing else. A site's
/// table of other addresses is kept byte for byte.
/// </summary>
public static class HostsFile
{
    private static readonly char[] Blanks = [' ', '\t', '\r'];

    public static string Rewrite(string text, IReadOnlySet<string> names)
    {
        var rewritten = LineEdit.Each(text, line => Line(line, names));
        return rewritten == text || HasLocalhost(rewritten) ? rewritten : "127.0.0.1 localhost\n" + rewritten;
    }

    /// <summary>Null: the line goes.</summary>
    private static string? Line(string line, IReadOnlySet<string> names)
    {
        var words = Words(line);
        if (words.Length == 0 || !(words[0].StartsWith("127.", StringComparison.Ordinal) || words[0] == "::1"))
        {
            return line;
        }

        if (words[0] == "127.0.1.1")
        {
            return null;
        }

        if (!words.Skip(1).Any(names.Contains))
        {
            return line;
        }

        return words.Skip(1).All(names.Contains) ? null : Without(line, names);
    }

    /// <summary>Each name goes with the blanks before it.</summary>
    private static string Without(string line, IReadOnlySet<string> names)
    {
        var kept = "";
        for (var at = 0; at < line.Length;)
        {
            var start = at;
            while (at < line.Length && Blanks.Contains(line[at]))
            {
                at++;
            }

            var word = at;
            while (at < line.Length && !Blanks.Contains(line[at]) && !(line[at] == '#' && at > word))
            {
                at++;
            }

            if (at > word && line[word] == '#')
            {
                return kept + line[start..];
            }

            kept += word < at && names.Contains(line[word..at]) ? "" : line[start..at];
        }

        return kept;
    }

    private static bool HasLocalhost(string text) =>
        text.Split('\n').Select(Words).Any(w => w is ["127.0.0.1", ..] && w.Contains("localhost"));

    private static string[] Words(string line) => line.Split('#')[0].Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
}
