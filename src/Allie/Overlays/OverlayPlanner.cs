using Allie.Files;
using Allie.Overlays.Layers;
using Allie.Overlays.State;

namespace Allie.Overlays;

/// <summary>From what is wanted, applied and there to the steps of a run. Pure: the same states always give the same plan.</summary>
public static class OverlayPlanner
{
    /// <param name="merged">What the layers want.</param>
    /// <param name="states">How each path stands, parents first. Looked at one by one: there may be 100,000.</param>
    /// <param name="guard">What is never touched.</param>
    /// <param name="left">What is not at hand now: nothing there is decided. Said once for each place, where a layer has something for it.</param>
    public static OverlayPlan Plan(MergedLayers merged, IEnumerable<PathState> states, ProtectedPaths guard, IReadOnlyList<LeftPlace>? left = null)
    {
        var waiting = new Dictionary<LeftPlace, int>();
        var steps = new List<OverlayStep>();
        var faults = new List<PathFault>(merged.Faults.Select(merged.Told));
        var blocked = new HashSet<ImagePath>();
        var managed = 0;
        foreach (var at in states)
        {
            managed += at.Applied is StateKind.Entry or StateKind.Absent ? 1 : 0;
            if (merged.IsFaulty(at.Path))
            {
                continue; // reported already; left as it is
            }

            if (left?.FirstOrDefault(l => IsLeft(at, l)) is { } place)
            {
                waiting[place] = waiting.GetValueOrDefault(place) + 1;
                continue;
            }

            var (step, fault) = Decide(at, guard, blocked);
            if (fault is not null)
            {
                faults.Add(new(at.Path, at.Wanted?.Layer ?? "", fault));
                blocked.Add(at.Path);
            }
            else if (step is not null)
            {
                steps.Add(step);
            }
        }

        faults.AddRange(waiting.Where(w => !w.Key.IsOthers).Select(w => new PathFault(w.Key.Point, "", $"{w.Key.Why}; {w.Value} path{(w.Value == 1 ? "" : "s")} of overlays there wait{(w.Value == 1 ? "s" : "")}")));
        return new(Defer(steps), faults, managed);
    }

    /// <summary>The mount point itself only where more than its being there is meant.</summary>
    private static bool IsLeft(PathState at, LeftPlace place) =>
        at.Path.IsAtOrBelow(place.Point) && (at.Path != place.Point || at.Wanted is not { Kind: WantedKind.Directory, OwnMetadata: false });

    private static (OverlayStep? Step, string? Fault) Decide(PathState at, ProtectedPaths guard, HashSet<ImagePath> blocked)
    {
        for (var above = at.Path; !above.IsRoot; above = above.Parent)
        {
            if (blocked.Contains(above.Parent))
            {
                return (null, $"{above.Parent} cannot be made a directory");
            }
        }

        return at.Wanted is not null && guard.Refuse(at.Wanted) is { } refusal ? (null, refusal)
            : at.Obstacle is not null ? (null, at.Obstacle)
            : OverlayDecision.For(at);
    }

    /// <summary>
    /// What lies in a directory that comes back in this run is decided when it is back: it may hold a file of that name. And a directory
    /// gives way only after what was withdrawn in it has been given back.
    /// </summary>
    private static List<OverlayStep> Defer(List<OverlayStep> steps)
    {
        var returning = steps.Where(s => s.Do == OverlayAction.Restore).Select(s => s.Path).ToHashSet();
        var unsettled = steps.Where(s => s.Wanted is null).SelectMany(s => Above(s.Path)).ToHashSet();
        return steps.ConvertAll(s => s with
        {
            Later = s.Wanted is not null
                && (Above(s.Path).Any(returning.Contains) || (s.Do is OverlayAction.Remove or OverlayAction.Install && unsettled.Contains(s.Path))),
        });
    }

    private static IEnumerable<ImagePath> Above(ImagePath path)
    {
        for (var at = path; !at.IsRoot; at = at.Parent)
        {
            yield return at.Parent;
        }
    }
}
