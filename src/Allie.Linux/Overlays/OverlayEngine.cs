using Allie.Files;
using Allie.Linux.Files;
using Allie.Overlays;

namespace Allie.Linux.Overlays;

/// <summary>
/// Applies layers to one image, running or not. The caller holds the root's lock. <see cref="Plan"/> writes nothing; <see cref="Apply"/>
/// may be killed anywhere: the next run completes or takes back what it had begun.
/// </summary>
/// <param name="root">The image; / is the running one.</param>
/// <param name="directory">Our state in the image: var/lib/allie.</param>
/// <param name="binary">Our own program in the image, replaced last.</param>
/// <param name="checkpoint">Tests stop a run here, as a kill would.</param>
public sealed class OverlayEngine(ImageRoot root, ImagePath directory, ImagePath binary, Action<string>? checkpoint = null)
{
    private const int MostRounds = 4;

    private OverlayState _state = new(root, directory);

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
        var places = new Places(root, _state.Applied);
        var merged = LayerMerge.Merge([.. layers.Select(l => new LayerScanner(l.Root, places).Scan(l.Name))]);
        var observer = new OverlayObserver(root, _state.Applied, _state.Undo, ByName(layers), new(root));
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
                var each = new StepExecution(root, _state, ByName(layers));
                var failed = new PlanExecution(root, _state, each, binary, checkpoint).Run(steps);
                done.AddRange(steps.Where(s => failed.All(f => f.Path != s.Path)));
                faults.AddRange(failed);
            }

            if (!plan.NeedsAnotherRound || round == MostRounds)
            {
                return new(done, [.. faults.DistinctBy(f => f.Path)]);
            }

            plan = Plan(layers);
            faults.AddRange(plan.Faults);
        }
    }

    private static Dictionary<string, ImageRoot> ByName(IReadOnlyList<LayerSource> layers) => layers.ToDictionary(l => l.Name, l => l.Root);
}
