using Allie.Errors;
using Allie.Files;

namespace Allie.Overlays;

/// <summary>
/// undo is a withdrawal of everything, or of what is at or below some paths. Unlike a real withdrawal it destroys nothing: what was changed here since stays, and
/// so does our copy of what was there before.
/// </summary>
public static class UndoChoice
{
    /// <param name="all">The plan for no layers at all.</param>
    /// <param name="paths">None means everything.</param>
    /// <exception cref="UserError">Exit 2: nothing of any overlay is at or below a path.</exception>
    public static OverlayPlan From(OverlayPlan all, IReadOnlyList<ImagePath> paths)
    {
        foreach (var path in paths.Where(p => !all.Steps.Any(s => s.Path.IsAtOrBelow(p)) && !all.Faults.Any(f => f.Path.IsAtOrBelow(p))))
        {
            throw UserError.Refused($"cannot undo {path}: no overlay has put anything there", "allie diff shows what the next apply would change");
        }

        bool IsMeant(ImagePath path) => paths.Count == 0 || paths.Any(path.IsAtOrBelow);
        var stays = all.Steps.Where(s => !IsMeant(s.Path) || s.Do == OverlayAction.Left).Select(s => s.Path).ToHashSet();

        // A directory that we made for nothing but these paths goes with them.
        bool IsLeftEmpty(OverlayStep step) =>
            step.Do == OverlayAction.RemoveDirectory && paths.Any(p => p.IsAtOrBelow(step.Path))
            && !all.Steps.Any(s => s.Do != OverlayAction.RemoveDirectory && stays.Contains(s.Path) && s.Path.IsAtOrBelow(step.Path));
        return all with
        {
            Steps = [.. all.Steps.Where(s => s.Do != OverlayAction.Left && (IsMeant(s.Path) || IsLeftEmpty(s))).Select(s => s with { Why = Why(s) })],
            Faults =
            [
                .. all.Faults.Where(f => IsMeant(f.Path)),
                .. all.Steps.Where(s => s.Do == OverlayAction.Left && IsMeant(s.Path))
                    .Select(s => new PathFault(s.Path, "", s.Why.Replace("no layer has it any more, but ", "", StringComparison.Ordinal))),
            ],
        };
    }

    /// <summary>Not that no layer has it: one may, and puts it there again.</summary>
    private static string Why(OverlayStep step) => step.Do switch
    {
        OverlayAction.Restore => "the image's own comes back",
        OverlayAction.Remove => "the image has nothing there",
        OverlayAction.RemoveDirectory => "made for a layer; goes if nothing else is in it",
        _ => "the image is as it was",
    };
}
