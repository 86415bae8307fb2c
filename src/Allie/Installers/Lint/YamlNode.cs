namespace Allie.Installers.Lint;

/// <summary>One node of a YAML file, with the line it begins on. A scalar has Text, a list Items, a mapping Pairs.</summary>
internal sealed class YamlNode(int line)
{
    public int Line { get; } = line;

    public string? Text { get; init; }

    /// <summary>Without quotes, so that true is a truth value and no word.</summary>
    public bool IsPlain { get; init; }

    public List<YamlNode> Items { get; } = [];

    public List<(YamlNode Key, YamlNode Value)> Pairs { get; } = [];

    /// <summary>As Python's YAML reads it: the last of two, and behind "&lt;&lt;" what another mapping lends.</summary>
    public YamlNode? this[string key] =>
        Pairs.LastOrDefault(p => p.Key.Text == key).Value
        ?? Pairs.Where(p => p.Key.Text == "<<").SelectMany(p => p.Value.Items.Prepend(p.Value)).Select(lent => lent[key]).FirstOrDefault(v => v is not null);

    public string Word(string key) => this[key]?.Text ?? "";

    /// <summary>YAML 1.1's words for it, which Ubuntu's installer reads.</summary>
    public bool Is(string key, bool truth) =>
        this[key] is { IsPlain: true, Text: { } text } && (truth ? Yes : No).Contains(text, StringComparer.OrdinalIgnoreCase);

    /// <summary>This node and all below, each once, also where an alias leads to it from several places.</summary>
    public IEnumerable<YamlNode> All()
    {
        var seen = new HashSet<YamlNode>();
        var left = new Stack<YamlNode>([this]);
        while (left.TryPop(out var node))
        {
            if (seen.Add(node))
            {
                yield return node;
                node.Items.ForEach(left.Push);
                node.Pairs.ForEach(p => left.Push(p.Value));
            }
        }
    }

    private static readonly string[] Yes = ["true", "yes", "on"];

    private static readonly string[] No = ["false", "no", "off"];
}
