using Allie.Files;

namespace Allie.Blandify.Rules;

/// <summary>
/// The captured PC's own name on loopback lines of etc/hosts. 127.0.1.1 is where Debian's installer puts it and nothing else. A site's
/// table of other addresses is kept byte for byte.
/// </summary>
public sealed class HostsFileRule : IRule
{
    private static readonly ImagePath File = ImagePath.Of("etc/hosts");

    public string Op => "hosts";

    public RuleAbout About { get; } = new(
        "the captured PC's name goes from loopback lines", "every PC would take itself for the captured one");

    public IEnumerable<TreeChange> Look(ITreeView tree)
    {
        if (tree.Text(File) is not { } before)
        {
            yield break;
        }

        var names = HostNameRule.Captured(tree);
        var after = string.Join('\n', before.Split('\n').Select(line => Rewrite(line, names)).OfType<string>());
        if (after != before)
        {
            yield return new(Op, File, TreeAction.Write, "name of one PC") { Before = before, After = after };
        }
    }

    /// <summary>Null: the line goes.</summary>
    private static string? Rewrite(string line, IReadOnlySet<string> names)
    {
        var words = line.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || !(words[0].StartsWith("127.", StringComparison.Ordinal) || words[0] == "::1"))
        {
            return line;
        }

        if (words[0] == "127.0.1.1")
        {
            return null;
        }

        var kept = words.Skip(1).Where(w => !names.Contains(w)).ToList();
        return kept.Count == words.Length - 1 ? line : kept.Count == 0 ? null : $"{words[0]}\t{string.Join(' ', kept)}";
    }
}
