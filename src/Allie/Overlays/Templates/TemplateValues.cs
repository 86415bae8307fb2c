using System.Text;
using Allie.Config;
using Allie.Files;

namespace Allie.Overlays.Templates;

/// <summary>
/// All that a template can name, one byte per char. Texts and lists that are not here (no root label, a tag that the hosts line does not
/// have) have no value on this PC.
/// </summary>
/// <param name="Texts">host, fqdn, machine_id, root_label, image, generation, distro.id, distro.version, tag.NAME.</param>
/// <param name="Lists">groups, addresses, macs.</param>
public sealed record TemplateValues(IReadOnlyDictionary<string, string> Texts, IReadOnlyDictionary<string, IReadOnlyList<string>> Lists)
{
    public const string Tag = "tag.";
    public const string Group = "group.";

    public static readonly IReadOnlyList<string> TextNames = ["host", "fqdn", "machine_id", "root_label", "image", "generation", "distro.id", "distro.version"];
    public static readonly IReadOnlyList<string> ListNames = ["groups", "addresses", "macs"];

    public static TemplateValues None { get; } = new(new Dictionary<string, string>(), new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>From ordinary text; an empty text is no value.</summary>
    public static TemplateValues Of(IEnumerable<KeyValuePair<string, string>> texts, IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> lists) => new(
        texts.Where(t => t.Value.Length > 0).ToDictionary(t => t.Key, t => RawName.FromText(t.Value)),
        lists.ToDictionary(l => l.Key, l => (IReadOnlyList<string>)[.. l.Value.Select(RawName.FromText)]));

    /// <summary>A file of facts (--host-facts): TOML with the names that templates use, [tag] and [distro] as tables.</summary>
    public static TemplateValues Parse(string text, string file)
    {
        var toml = TomlValues.Parse(text, file);
        string[] tags = [.. toml.KeysBelow(Tag)];
        var values = Of(
            TextNames.Concat(tags).Select(n => KeyValuePair.Create(n, n == "generation" ? Whole(toml, n) : toml.Text(n, ""))),
            ListNames.Select(n => KeyValuePair.Create(n, toml.Texts(n, []))));
        toml.RefuseUnknown();
        return values;
    }

    /// <summary>With this text where there is none.</summary>
    public TemplateValues Or(string name, string text) =>
        Texts.ContainsKey(name) ? this : this with { Texts = new Dictionary<string, string>(Texts) { [name] = RawName.FromText(text) } };

    public bool IsInGroup(string group) => Lists.TryGetValue("groups", out var groups) && groups.Contains(group);

    /// <summary>The same text for the same values: what was rendered from it is still right.</summary>
    public string Canonical()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in Texts.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append('=').Append(value).Append('\0');
        }

        foreach (var (name, values) in Lists.OrderBy(l => l.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append("[]=").AppendJoin('\n', values).Append('\0');
        }

        return text.ToString();
    }

    private static string Whole(TomlValues toml, string key) => toml.Number(key, 0) is var number and > 0 ? number.ToString() : "";
}
