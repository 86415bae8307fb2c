using Allie.Blandify.Rules;
using Allie.Plans;

namespace Allie.Blandify;

/// <summary>All rules, in the order in which they look: one that needs the old host name comes before the one that removes it.</summary>
public static class RuleSet
{
    /// <param name="label">File-system label that every PC's slot for this image carries: the image's name.</param>
    public static IReadOnlyList<IRule> All(string label) =>
    [
        new FstabRule(label),
        new MachineIdRule(),
        new SshHostKeysRule(),
        new PcKeyRule(),
        new PersistentNamesRule(),
        new RandomSeedRule(),
        new HostsFileRule(),
        new HostNameRule(),
    ];

    public static Plan<TreeChange> Plan(ITreeView tree, string label) => new([.. All(label).SelectMany(r => r.Look(tree))]);
}
