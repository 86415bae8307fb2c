using Allie.Blandify.Table;

namespace Allie.Blandify.Rules.Identity;

/// <summary>
/// Programs that need more rights than their user and have them by a mode or by file capabilities, an extended attribute (capabilities(7)). Where a copy has
/// lost both, ping and rootless containers fail on every PC, and nothing says why.
/// </summary>
internal static class CapabilityReport
{
    private const string Op = "file-capabilities";
    private const int SetUserId = 0x800;

    private static readonly PathPattern[] Programs = [PathPattern.Parse("usr/bin/{newuidmap,newgidmap}"), PathPattern.Parse("{usr/,}bin/ping")];
    private static readonly PathPattern Settings = PathPattern.Parse("{usr/lib,lib,etc}/sysctl.d/*.conf");

    internal static IRule Rule { get; } = new CodeRule(
        Op, new("names ping, newuidmap and newgidmap where they have lost their rights", "extended attributes were lost when the image was captured", RuleClass.Report, RuleDefault.Warn), Look);

    private static IEnumerable<TreeChange> Look(ITreeView tree)
    {
        foreach (var (path, _) in Programs.SelectMany(p => p.Match(tree)).DistinctBy(f => tree.Follow(f.Path) ?? f.Path))
        {
            if (tree.Follow(path) is { } file && tree.Find(file) is { IsRegular: true } facts && (facts.Permissions & SetUserId) == 0
                && tree.HasCapabilities(file) == false && !(path.Name == "ping" && PingIsForAll(tree)))
            {
                yield return new(Op, path, TreeAction.Report, "has neither the set-user-ID mode nor file capabilities: it fails for users; was the image captured with extended attributes?");
            }
        }
    }

    /// <summary>Newer systems let groups send echo requests without any right of the program.</summary>
    private static bool PingIsForAll(ITreeView tree) =>
        Settings.Match(tree).Any(f => (tree.Text(f.Path) ?? "").Contains("ping_group_range", StringComparison.Ordinal));
}
