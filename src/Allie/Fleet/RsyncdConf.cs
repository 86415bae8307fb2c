using Allie.Errors;

namespace Allie.Fleet;

/// <summary>
/// Our part of rsyncd.conf, between two marker lines; all else belongs to the administrator and is kept byte for byte. Texts are in the
/// one-byte-per-char form.
/// </summary>
public static class RsyncdConf
{
    public const string Begin = "# allie begin";
    public const string End = "# allie end";

    /// <summary>
    /// The block with its markers. Address and port are the daemon's own and are said only when they are set, and where they count: rsyncd reads
    /// them up to the first section; behind a [global] its port does not count (3.5.0, tried).
    /// </summary>
    public static string Block(IReadOnlyList<RsyncdModule> modules, string address, int port, bool isFirst = true)
    {
        var daemon = isFirst ? (address.Length > 0 ? $"address = {address}\n" : "") + (port != 873 ? $"port = {port}\n" : "") : "";
        var parts = modules.Select(m => m.Format())
            .Prepend("# Written by: allie server conf. Change server.toml, hosts or the directories, not these lines.\n" + daemon);
        return $"{Begin}\n{string.Join('\n', parts)}{End}\n";
    }

    /// <summary>The whole file with the block in its old place, or at the end.</summary>
    /// <exception cref="UserError">One marker without the other, or out of order: what is ours cannot be told.</exception>
    public static string Splice(string text, string block)
    {
        if (Find(text) is { } old)
        {
            return text[..old.Start.Value] + block + text[old.End.Value..];
        }

        var gap = text.Length == 0 ? "" : text.EndsWith('\n') ? "\n" : "\n\n";
        return text + gap + block;
    }

    /// <summary>No section stands before our block, or where it will be put.</summary>
    public static bool IsFirst(string text) => !text[..(Find(text)?.Start.Value ?? text.Length)].Split('\n').Any(l => l.TrimStart().StartsWith('['));

    /// <summary>The modules of the block that stands in a file, by name, with their lines.</summary>
    public static IReadOnlyDictionary<string, string> ModulesOf(string text)
    {
        var modules = new Dictionary<string, string>();
        if (Find(text) is not { } range)
        {
            return modules;
        }

        string? name = null;
        foreach (var line in text[range].Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line.StartsWith('['))
            {
                name = line.Trim('[', ']');
                modules[name] = "";
            }
            else if (name is not null)
            {
                modules[name] += line + "\n";
            }
        }

        return modules;
    }

    private static Range? Find(string text)
    {
        var (begin, end) = (LineStart(text, Begin), LineStart(text, End));
        if (begin < 0 && end < 0)
        {
            return null;
        }

        if (begin < 0 || end < begin)
        {
            throw UserError.Refused(
                $"cannot change rsyncd.conf: '{Begin}' and '{End}' do not enclose one part", "mend or remove the two marker lines by hand, then run this again");
        }

        var lineEnd = text.IndexOf('\n', end);
        return begin..(lineEnd < 0 ? text.Length : lineEnd + 1);
    }

    private static int LineStart(string text, string marker)
    {
        for (var at = text.IndexOf(marker, StringComparison.Ordinal); at >= 0; at = text.IndexOf(marker, at + 1, StringComparison.Ordinal))
        {
            var after = at + marker.Length;
            if ((at == 0 || text[at - 1] == '\n') && (after == text.Length || text[after] is '\n' or '\r' or ' '))
            {
                return at;
            }
        }

        return -1;
    }
}
