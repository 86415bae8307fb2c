using Allie.Files;

namespace Allie.Blandify.Rules;

/// <summary>"localhost" counts as no name (hostname(5)): until a PC is personalised, DHCP may name it.</summary>
public sealed class HostNameRule : IRule
{
    private const string NoName = "localhost\n";
    private static readonly string[] Files = ["etc/hostname", "etc/HOSTNAME"];

    public string Op => "hostname";

    public RuleAbout About { get; } = new(
        "the file says localhost, which counts as no name", "every PC would have the captured one's name");

    public IEnumerable<TreeChange> Look(ITreeView tree) =>
        Files.Select(ImagePath.Of).Where(p => tree.Find(p) is { IsDirectory: false } && tree.Text(p) != NoName)
            .Select(p => new TreeChange(Op, p, TreeAction.Write, "name of one PC") { Before = tree.Text(p), After = NoName });

    /// <summary>The captured PC's names, full and short; none when it has none any more.</summary>
    internal static IReadOnlySet<string> Captured(ITreeView tree) =>
        Files.Select(f => tree.Text(ImagePath.Of(f))).OfType<string>()
            .SelectMany(t => t.Split('\n')).Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#')
            .SelectMany(n => new[] { n, n.Split('.')[0] })
            .Where(n => n is not ("localhost" or "")).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
