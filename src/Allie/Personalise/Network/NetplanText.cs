namespace Allie.Personalise.Network;

/// <summary>
/// As much YAML as netplan files are written in: nested maps, lists of either form, plain and quoted scalars. Each scalar is kept by its
/// path, "network/ethernets/eth0/dhcp4"; list items are numbered. Anchors, tags and block texts are not understood.
/// </summary>
internal sealed class NetplanText
{
    private readonly List<(string Path, string Value)> _scalars = [];
    private readonly HashSet<string> _maps = new(StringComparer.Ordinal);

    internal NetplanText(string text)
    {
        var open = new List<(int Indent, string Path)>();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var raw in text.Split('\n').Select(WithoutComment).Where(l => l.Trim().Length > 0 && !l.StartsWith("---", StringComparison.Ordinal)))
        {
            var indent = raw.Length - raw.TrimStart(' ').Length;
            var line = raw.Trim();

            // "- to: default" opens an item, and its first key lies two columns further in
            while (line.StartsWith("- ", StringComparison.Ordinal) || line == "-")
            {
                var parent = Close(open, indent, isItem: true);
                var number = counts[parent] = counts.GetValueOrDefault(parent, -1) + 1;
                open.Add((indent, $"{parent}/{number}"));
                var rest = line[1..].TrimStart();
                indent += line.Length - rest.Length;
                line = rest;
            }

            Add(open, indent, line);
        }
    }

    /// <summary>What kinds of device it names: "ethernets", "wifis", "bonds", ...</summary>
    internal IEnumerable<string> Kinds => Children("network").Where(k => k is not ("version" or "renderer") && Children("network/" + k).Any());

    internal string? Value(string path) => _scalars.LastOrDefault(s => s.Path == path).Value;

    internal IReadOnlyList<string> List(string path) =>
        [.. _scalars.Where(s => s.Path.StartsWith(path + "/", StringComparison.Ordinal) && int.TryParse(s.Path[(path.Length + 1)..], out _)).Select(s => s.Value)];

    internal IEnumerable<string> Items(string path) => Children(path).Where(c => int.TryParse(c, out _)).Select(c => $"{path}/{c}");

    internal IEnumerable<string> Children(string path) => _scalars.Select(s => s.Path).Concat(_maps)
        .Where(p => p.StartsWith(path + "/", StringComparison.Ordinal)).Select(p => p[(path.Length + 1)..].Split('/')[0]).Distinct();

    private void Add(List<(int Indent, string Path)> open, int indent, string line)
    {
        if (line.Length == 0)
        {
            return;
        }

        var parent = Close(open, indent, isItem: false);
        var cut = KeyEnd(line);
        if (cut < 0)
        {
            _scalars.Add((parent, Plain(line)));
            return;
        }

        var path = (parent.Length > 0 ? parent + "/" : "") + Plain(line[..cut]);
        var value = line[(cut + 1)..].Trim();
        open.Add((indent, path));
        if (value.StartsWith('['))
        {
            var items = value.Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            _scalars.AddRange(items.Select((item, i) => ($"{path}/{i}", Plain(item))));
        }
        else if (value.StartsWith('{'))
        {
            foreach (var pair in value.Trim('{', '}').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var at = KeyEnd(pair);
                if (at > 0)
                {
                    _scalars.Add(($"{path}/{Plain(pair[..at])}", Plain(pair[(at + 1)..].Trim())));
                }
            }

            _maps.Add(path);
        }
        else if (value.Length > 0)
        {
            _scalars.Add((path, Plain(value)));
        }
        else
        {
            _maps.Add(path);
        }
    }

    /// <summary>The path that a line with this indent is below. A list may be as far left as its key.</summary>
    private static string Close(List<(int Indent, string Path)> open, int indent, bool isItem)
    {
        bool IsItem((int Indent, string Path) o) => int.TryParse(o.Path[(o.Path.LastIndexOf('/') + 1)..], out _);
        while (open.Count > 0 && (open[^1].Indent > indent || (open[^1].Indent == indent && (!isItem || IsItem(open[^1])))))
        {
            open.RemoveAt(open.Count - 1);
        }

        return open.Count > 0 ? open[^1].Path : "";
    }

    /// <summary>Where "key:" ends; a colon inside an address is none.</summary>
    private static int KeyEnd(string line)
    {
        if (line[0] is '"' or '\'')
        {
            var close = line.IndexOf(line[0], 1);
            return close > 0 && close + 1 < line.Length && line[close + 1] == ':' ? close + 1 : -1;
        }

        var at = line.IndexOf(": ", StringComparison.Ordinal);
        return at > 0 ? at : line.EndsWith(':') ? line.Length - 1 : -1;
    }

    private static string Plain(string value) => value.Trim().Trim('"', '\'');

    private static string WithoutComment(string line)
    {
        var at = line.StartsWith('#') ? 0 : line.IndexOf(" #", StringComparison.Ordinal);
        return (at >= 0 ? line[..at] : line).TrimEnd();
    }
}
