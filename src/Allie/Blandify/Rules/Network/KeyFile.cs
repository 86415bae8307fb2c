namespace Allie.Blandify.Rules.Network;

/// <summary>A text of [section] and key=value lines (NetworkManager, systemd), edited by section; lines that stay are kept byte for byte.</summary>
internal sealed class KeyFile(string text)
{
    private readonly List<(string Section, string Line)> _lines = [.. Sections(text)];

    internal string Text => string.Join('\n', _lines.Select(l => l.Line));

    /// <summary>The first value of a key; null when it is not there.</summary>
    internal string? Value(string section, string key) => Values(section, key).FirstOrDefault();

    internal IEnumerable<string> Values(string section, string key) =>
        _lines.Where(l => l.Section == section && Key(l.Line) == key).Select(l => l.Line[(l.Line.IndexOf('=') + 1)..].Trim());

    internal bool HasSection(string section) => _lines.Any(l => l.Section == section);

    internal IEnumerable<string> Keys(string section) => _lines.Where(l => l.Section == section).Select(l => Key(l.Line)).Where(k => k.Length > 0);

    /// <summary>Takes out keys of a section; null means any section.</summary>
    internal void Drop(string? section, Func<string, string, bool> goes) =>
        _lines.RemoveAll(l => (section is null || l.Section == section) && Key(l.Line) is { Length: > 0 } key && goes(key, l.Line[(l.Line.IndexOf('=') + 1)..].Trim()));

    internal void DropSections(params string[] sections) => _lines.RemoveAll(l => sections.Contains(l.Section) && l.Line.Length > 0);

    /// <summary>The value in the line that has the key, else in a new line below the section's head.</summary>
    internal void Set(string section, string key, string value)
    {
        var at = _lines.FindIndex(l => l.Section == section && Key(l.Line) == key);
        if (at >= 0)
        {
            _lines[at] = (section, $"{key}={value}");
            return;
        }

        var head = _lines.FindIndex(l => l.Section == section);
        if (head >= 0)
        {
            _lines.Insert(head + 1, (section, $"{key}={value}"));
        }
    }

    private static IEnumerable<(string Section, string Line)> Sections(string text)
    {
        var section = "";
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.Trim();
            if (trimmed.StartsWith('[') && trimmed.EndsWith(']'))
            {
                section = trimmed[1..^1];
            }

            yield return (section, line);
        }
    }

    private static string Key(string line) => line.TrimStart() is var l && l.Length > 0 && l[0] is not ('#' or ';' or '[') && l.Contains('=') ? l[..l.IndexOf('=')].Trim() : "";
}
