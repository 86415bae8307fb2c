using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Overlays.Guards;
using Allie.Linux.Overlays.Layers;
using Allie.Linux.Overlays.State;
using Allie.Overlays;
using Allie.Overlays.Layers;
using Allie.Overlays.State;
using Allie.Overlays.Templates;

namespace Allie.Linux.Overlays;

/// <summary>
/// Applies layers to one image, running or not. The caller holds the root's lock. <see cref="Plan"/> writes nothing; <see cref="Apply"/>
/// may be killed anywhere: the next run completes or takes back what it had begun.
/// </summary>
/// <param name="root">The image; / is the running one.</param>
/// <param name="directory">Our state in the image: var/lib/allie.</param>
/// <param name="binary">Our own program in the image, replaced last.</param>
/// <param name="checkpoint">Tests stop a run here, as a kill would.</param>
/// <param name="facts">What templates may name; asked for when there is one.</param>
public sealed class OverlayEngine(ImageRoot root, ImagePath directory, ImagePath binary, Action<string>? checkpoint = null, Func<TemplateValues>? facts = null)
{
    private const int MostRounds = 4;

    private readonly SeenStates _seen = new(OverlayState.ReadSeen(root, directory));
    private OverlayState _state = new(root, directory);
    private IReadOnlyDictionary<ImagePath, Wanted> _wanted = new Dictionary<ImagePath, Wanted>();

    /// <summary>Asked before new content is shown.</summary>
    public IReadOnlyList<IStepGuard> Guards { get; init; } = [];

    /// <summary>Paths on network file systems are not skipped.</summary>
    public bool AllowNetwork { get; init; }

    /// <summary>Places whose file system is not at hand: neither applied nor withdrawn.</summary>
    public IReadOnlyList<LeftPlace> Left { get; init; } = [];

    /// <summary>Layers that are missing, and no copy of them is here: what came from them stays, and what may have come from them is not withdrawn.</summary>
    internal IReadOnlySet<string> Missing { get; set; } = new HashSet<string>();

    internal Origins Origins { get; } = new(root, directory);

    /// <summary>What an overlay's etc/fstab is made to name.</summary>
    public Func<RootLabel?> RootLabel { get; init; } = () => null;

    /// <summary>Who gives what is new its label.</summary>
    internal SelinuxLabels Labels { get; init; } = new(root, isRunning: false, runner: null);

    /// <summary>A run was killed here; <see cref="Recover"/> comes before a plan.</summary>
    public bool IsInterrupted => _state.IsInterrupted;

    public void Recover()
    {
        if (_state.IsInterrupted)
        {
            new Recovery(root, _state, Labels).Run();
            _state = new(root, directory);
        }
    }

    /// <param name="layers">Lowest first.</param>
    public OverlayPlan Plan(IReadOnlyList<LayerSource> layers)
    {
        var mounts = new Mountpoints(root, AllowNetwork);
        var places = new Places(root, _state.Applied, mounts);
        var merged = LayerMerge.Merge([.. layers.Select(l => new LayerScanner(l, places).Scan())]);
        merged = new ExactDirectories(root, _state.Applied).Expand(merged);
        using var observer = new OverlayObserver(root, _state.Applied, _state.Undo, Contents(layers), mounts, _seen);
        var plan = OverlayPlanner.Plan(merged, observer.Observe(merged), new(directory), Left);
        _wanted = merged.Wanted;
        return Missing.Count > 0 ? plan with { Steps = [.. plan.Steps.Where(s => Origins.Of(s.Path) is { } layer ? !Missing.Contains(layer) : s.Wanted is not null)] } : plan;
    }

    private string? LayerOf(ImagePath path) => Missing.Count > 0 && Origins.Of(path) is { } layer && Missing.Contains(layer) ? layer : _wanted.GetValueOrDefault(path)?.Layer;

    /// <summary>What we put there and have no copy of what was there before.</summary>
    internal IReadOnlyList<ImagePath> WithoutUndo() => [.. _state.Applied.Paths.Where(p => IsFile(p) && _state.Undo.Find(p).Kind == StateKind.None)];

    /// <summary>Files, links and whiteouts that we put there.</summary>
    internal IReadOnlyList<ImagePath> Managed() => [.. _state.Applied.Paths.Where(IsFile)];

    /// <summary>
    /// What we keep as the image's own is the same as ours: it was there when we first came, or our notes were lost. A withdrawal gives back just that.
    /// </summary>
    internal IReadOnlyList<ImagePath> FromAdoption() => [.. _state.Applied.Paths.Where(p => (_state.Applied.Find(p), _state.Undo.Find(p)) is ({ Kind: StateKind.Entry } ours, { Kind: StateKind.Entry } before) && IsSame(ours, before))];

    /// <summary>What packages left beside files of ours.</summary>
    internal IReadOnlyList<ImagePath> NewDefaults() =>
        PackageDefaults.Beside(root, [.. _state.Applied.Paths.Where(p => _state.Applied.Find(p).Kind == StateKind.Entry)], new(root, AllowNetwork));

    /// <summary>What a tree has at these paths becomes what we keep as the image's own.</summary>
    internal void TakeAsOwn(IEnumerable<ImagePath> paths, ImageRoot tree)
    {
        foreach (var path in paths)
        {
            var kind = tree.TryStat(path) switch { null => StateKind.Absent, { IsDirectory: true } => StateKind.Tree, _ => StateKind.Entry };
            _state.Undo.Put(path, kind, tree, path);
        }

        new Mountpoints(root, allowNetwork: true).Sync(root, [_state.Directory]);
    }

    private bool IsFile(ImagePath path) => _state.Applied.Find(path).Kind is StateKind.Entry or StateKind.Absent;

    private bool IsSame(StateEntry one, StateEntry other) =>
        EntryComparer.See(root, one.Stored) is { } mine && EntryComparer.See(root, other.Stored) is { } theirs
        && EntryComparer.SameButContent(mine, root, one.Stored, theirs, root, other.Stored) && (!mine.Facts.IsRegular || root.SameContent(one.Stored, root, other.Stored));

    /// <summary>Without what there is no room for, edge case 12 of docs/design/overlays.md.</summary>
    public OverlayPlan Fit(OverlayPlan plan, IReadOnlyList<LayerSource> layers)
    {
        if (plan.Steps.Count == 0)
        {
            return plan; // the hourly run with nothing to do looks at no mount table for it
        }

        using var space = new StepSpace(root, _state, Contents(layers));
        return space.Fit(plan);
    }

    /// <summary>Carries out the plan, and what can be decided only after it.</summary>
    public ApplyResult Apply(OverlayPlan plan, IReadOnlyList<LayerSource> layers)
    {
        _state.Sweep();
        var done = new List<OverlayStep>();
        var faults = new List<PathFault>();
        for (var round = 1; ; round++)
        {
            plan = Fit(plan, layers);
            faults.AddRange(plan.Faults);
            OverlayStep[] steps = [.. plan.Steps.Where(s => !s.Later)];
            if (steps.Length > 0)
            {
                var each = new StepExecution(root, _state, Contents(layers), Labels);
                var failed = new PlanExecution(root, _state, each, Labels, binary, Guards, checkpoint).Run(steps);
                done.AddRange(steps.Where(s => failed.All(f => f.Path != s.Path)));
                faults.AddRange(failed);
            }

            if (!plan.NeedsAnotherRound || round == MostRounds)
            {
                _state.WriteSeen(_seen);
                Origins.Keep(_state.Applied.Paths, LayerOf);
                return new(done, [.. faults.DistinctBy(f => (f.Path, f.Path.IsRoot ? f.Layer : ""))]);
            }

            plan = Plan(layers);
        }
    }

    /// <summary>What the layers have, templates rendered.</summary>
    public LayerContents Contents(IReadOnlyList<LayerSource> layers) =>
        new(layers.ToDictionary(l => l.Name, l => l.Root), facts ?? (() => TemplateValues.None), RootLabel);
}
