using Allie.Blandify.Rules;
using Allie.Blandify.Rules.Boot;
using Allie.Blandify.Rules.Identity;
using Allie.Blandify.Rules.Initramfs;
using Allie.Blandify.Rules.Mounts;
using Allie.Blandify.Rules.Network;
using Allie.Blandify.Table;
using Allie.Errors;
using Allie.Files;
using Allie.Plans;

namespace Allie.Blandify;

/// <summary>All rules, in the order in which they look: what a text names is renamed before the text is edited, logs of an installer go before other logs become empty.</summary>
public static class RuleSet
{
    /// <summary>Stand in switches for all rules of a class.</summary>
    private static readonly HashSet<string> Classes = [.. Enum.GetNames<RuleClass>().Select(c => c.ToLowerInvariant())];

    /// <summary>Stands for the programs of the server that look at the tree when all rules are done: they are run by who holds the tree.</summary>
    private static readonly IRule HooksAreOn = new CodeRule(
        "hooks", new("runs the executable files of blandify.d on a copy, and takes over what they changed", "what no rule can say", RuleClass.Hygiene), _ => []);

    public static IReadOnlyList<IRule> All(RuleOptions options, CapturedPc captured) =>
    [
        .. RuleTables.Swap,
        new FstabRule(new(options.Label)
        {
            SwapLabel = options.SwapLabel, BootLabel = options.BootLabel, FileSystem = options.FileSystem, KeptMounts = options.KeptMounts,
        }),
        .. BootRules.All(options, captured),
        new InitramfsRule(options),
        .. IdentityRules.All(options, captured),
        .. NetworkRules.All(options),
        .. RuleTables.Rest,
        .. options.Added,
        HooksAreOn,
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
        foreach (var rule in Chosen(options, CapturedPc.Of(seen)))
        {
            var isTold = !IsOn(rule, options);
            var done = new HashSet<ImagePath>();
            foreach (var change in rule.Look(seen).ToList())
            {
                if (isTold || change.Kind == TreeAction.Report)
                {
                    notes.Add($"{change.Path}: {change.Reason} ({change.Op})");
                    continue;
                }

                var step = change with { Path = seen.Real(change.Path), Class = rule.About.Class };
                if (!done.Add(step.Path))
                {
                    continue; // found by two ways: var/mail and var/spool/mail
                }

                if (step.Kind is TreeAction.Write or TreeAction.Link)
                {
                    if (Directories(seen, step) is not { } made)
                    {
                        notes.Add($"{change.Path}: cannot be written: its directory is a link to nothing, or no directory ({change.Op})");
                        continue;
                    }

                    steps.AddRange(made);
                }

                seen.Apply(step);
                steps.Add(step);
            }
        }

        return new(steps, [.. notes.Distinct()]);
    }

    /// <summary>The directories that a new file needs; null when they cannot be made.</summary>
    private static List<TreeChange>? Directories(ChangedTree tree, TreeChange step)
    {
        var missing = new Stack<ImagePath>();
        var at = step.Path.Parent;
        for (; !at.IsRoot && tree.Find(at) is null; at = at.Parent)
        {
            missing.Push(at);
        }

        if (!at.IsRoot && (tree.Follow(at) is not { } real || tree.Find(real) is not { IsDirectory: true }))
        {
            return null;
        }

        var made = missing.Select(path => step with { Path = path, Kind = TreeAction.MakeDirectory, Before = null, After = null, Permissions = 0x1ED }).ToList();
        made.ForEach(tree.Apply);
        return made;
    }

    private static IEnumerable<IRule> Chosen(RuleOptions options, CapturedPc captured)
    {
        var all = All(options, captured);
        if (all.GroupBy(r => r.Op).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw UserError.Refused($"cannot add rule '{twice.Key}': there is one of that name", "give it another name; a built-in rule is switched with on = [...] and off = [...]");
        }

        foreach (var name in options.With.Concat(options.Without).Where(n => !Classes.Contains(n)))
        {
            var rule = all.FirstOrDefault(r => r.Op == name)
                ?? throw UserError.Refused($"cannot switch rule '{name}': there is none of that name", "allie image blandify --list shows all");
            if (rule.About.Default == RuleDefault.Never && options.With.Contains(name))
            {
                throw UserError.Refused($"cannot switch rule '{name}' on: {rule.About.Why}");
            }
        }

        return all.Where(r => IsOn(r, options) || (r.About.Default == RuleDefault.Warn && !IsNamed(r, options.Without, options.With)));
    }

    public static bool RunsHooks(RuleOptions options) => IsOn(HooksAreOn, options);

    /// <summary>Whether it changes what it finds. A rule that only tells does not.</summary>
    public static bool IsOn(IRule rule, RuleOptions options) =>
        !IsNamed(rule, options.Without, options.With) && rule.About.Default != RuleDefault.Never
        && (rule.About.Default == RuleDefault.On || IsNamed(rule, options.With, options.Without));

    /// <summary>By its own name, or by its class where the other list does not have its own.</summary>
    private static bool IsNamed(IRule rule, IReadOnlySet<string> list, IReadOnlySet<string> other) =>
        list.Contains(rule.Op) || (list.Contains(Enum.GetName(rule.About.Class)!.ToLowerInvariant()) && !other.Contains(rule.Op));
}
