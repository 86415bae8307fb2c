namespace Allie.Personalise.Network;

/// <summary>Sections of an ini file in their order; a section or a key may come more than once (systemd.network(5)).</summary>
public sealed class IniText
{
    private readonly List<(string Section, string Key, string Value)> _entries = [];
    private readonly List<string> _sections = [];

    public IniText(string text)
    {
        var section = "";
        foreach (var line in text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] is not ('#' or ';')))
        {
            if (line[0] == '[' && line[^1] == ']')
            {
                section = line[1..^1];
                _sections.Add(section);
            }
            else if (line.IndexOf('=') is var cut and > 0)
            {
                _entries.Add((section, line[..cut].TrimEnd(), line[(cut + 1)..].TrimStart()));
            }
        }
    }

    public bool Has(string section) => _sections.Contains(section);

    public string Get(string section, string key) => _entries.LastOrDefault(e => e.Section == section && e.Key == key).Value ?? "";

    public IReadOnlyList<string> All(string section, string key) => [.. _entries.Where(e => e.Section == section && e.Key == key).Select(e => e.Value)];

    /// <summary>Keys of a section that begin so, with their values.</summary>
    public IEnumerable<(string Key, string Value)> Below(string section, string prefix) =>
        _entries.Where(e => e.Section == section && e.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(e => (e.Key, e.Value));
}
