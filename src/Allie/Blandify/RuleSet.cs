using Allie.Blandify.Rules;
using Allie.Errors;
using Allie.Plans;

namespace Allie.Blandify;

/// <summary>All rules, in the order in which they look: one that needs the old host name comes before the one that removes it.</summary>
public static class RuleSet
{
    public static IReadOnlyList<IRule> All(RuleOptions options) =>
    [
        new FstabRule(options.Label),
        new MachineIdRule(),
        new SshHostKeysRule(),
        new PersistentNamesRule(),
        new RandomSeedRule(),
        new HostsFileRule(),
        new HostNameRule(),
        .. options.Added,
    ];

    /// <param name="label">File-system label that every PC's slot for this image carries: the image's name.</param>
    public static Plan<TreeChange> Plan(ITreeView tree, string label) => Plan(tree, new RuleOptions(label));

    /// <summary>Steps are what would be changed; notes are what is only named.</summary>
    /// <exception cref="UserError">A switch names no rule, or one that is never carried out.</exception>
    public static Plan<TreeChange> Plan(ITreeView tree, RuleOptions options)
    {
        var seen = new ChangedTree(tree);
        var steps = new List<TreeChange>();
        var notes = new List<string>();
        foreach (var rule in Chosen(options))
        {
            var isTold = rule.About.Default == RuleDefault.Warn && !options.With.Contains(rule.Op);
            foreach (var change in rule.Look(seen).ToList())
            {
                if (isTold || change.Kind == TreeAction.Report)
                {
                    notes.Add($"{change.Path}: {change.Reason} ({change.Op})");
                    continue;
                }

                var step = change with { Path = seen.Real(change.Path), Class = rule.About.Class };
                seen.Apply(step);
                steps.Add(step);
            }
        }

        return new(steps, [.. notes.Distinct()]);
    }

    private static IEnumerable<IRule> Chosen(RuleOptions options)
    {
        var all = All(options);
        foreach (var name in options.With.Concat(options.Without))
        {
            var rule = all.FirstOrDefault(r => r.Op == name)
                ?? throw UserError.Refused($"cannot switch rule '{name}': there is none of that name", "allie image blandify --list shows all");
            if (rule.About.Default == RuleDefault.Never && options.With.Contains(name))
            {
                throw UserError.Refused($"cannot switch rule '{name}' on: {rule.About.Why}");
            }
        }

        return all.Where(r => !options.Without.Contains(r.Op)
            && (r.About.Default is RuleDefault.On or RuleDefault.Warn || (r.About.Default == RuleDefault.Optional && options.With.Contains(r.Op))));
    }
}
