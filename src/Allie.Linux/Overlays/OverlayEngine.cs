using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Overlays.Guards;
using Allie.Overlays;
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

    /// <summary>Asked before new content is shown.</summary>
    public IReadOnlyList<IStepGuard> Guards { get; init; } = [];

    /// <summary>Paths on network file systems are not skipped.</summary>
    public bool AllowNetwork { get; init; }

    /// <summary>A run was killed here; <see cref="Recover"/> comes before a plan.</summary>
    public bool IsInterrupted => _state.IsInterrupted;

    public void Recover()
    {
        if (_state.IsInterrupted)
        {
            new Recovery(root, _state).Run();
            _state = new(root, directory);
        }
    }

    /// <param name="layers">Lowest first.</param>
    public OverlayPlan Plan(IReadOnlyList<LayerSource> layers)
    {
        var mounts = new Mountpoints(root, AllowNetwork);
        var places = new Places(root, _state.Applied, mounts);
        var merged = LayerMerge.Merge([.. layers.Select(l => new LayerScanner(l.Root, places).Scan(l.Name))]);
        merged = new ExactDirectories(root, _state.Applied).Expand(merged);
        using var observer = new OverlayObserver(root, _state.Applied, _state.Undo, Contents(layers), mounts, _seen);
        return OverlayPlanner.Plan(merged, observer.Observe(merged), new(directory));
    }

    /// <summary>Carries out the plan, and what can be decided only after it.</summary>
    public ApplyResult Apply(OverlayPlan plan, IReadOnlyList<LayerSource> layers)
    {
        _state.Sweep();
        var done = new List<OverlayStep>();
        var faults = new List<PathFault>(plan.Faults);
        for (var round = 1; ; round++)
        {
            OverlayStep[] steps = [.. plan.Steps.Where(s => !s.Later)];
            if (steps.Length > 0)
            {
                var each = new StepExecution(root, _state, Contents(layers));
                var failed = new PlanExecution(root, _state, each, binary, Guards, checkpoint).Run(steps);
                done.AddRange(steps.Where(s => failed.All(f => f.Path != s.Path)));
                faults.AddRange(failed);
            }

            if (!plan.NeedsAnotherRound || round == MostRounds)
            {
                _state.WriteSeen(_seen);
                return new(done, [.. faults.DistinctBy(f => f.Path)]);
            }

            plan = Plan(layers);
            faults.AddRange(plan.Faults);
        }
    }

    /// <summary>What the layers have, templates rendered.</summary>
    public LayerContents Contents(IReadOnlyList<LayerSource> layers) =>
        new(layers.ToDictionary(l => l.Name, l => l.Root), facts ?? (() => TemplateValues.None));
}
