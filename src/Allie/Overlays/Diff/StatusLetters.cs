using Allie.Files;
using Allie.Overlays.State;

namespace Allie.Overlays.Diff;

/// <summary>
/// Two columns as git and chezmoi have them. First: what happened here since the last apply. Second: what the next one will do. A added, M modified,
/// D deleted, R the image's own comes back, T another type, P permissions or owner only, blank nothing.
/// </summary>
public static class StatusLetters
{
    /// <param name="applied">What we last put there.</param>
    /// <param name="asApplied">That is what is there.</param>
    /// <param name="current">What is there.</param>
    /// <param name="step">What will be done.</param>
    /// <param name="after">What will be there.</param>
    /// <param name="sameContent">Only metadata differs.</param>
    public static string Of(StateKind applied, bool asApplied, FileKind? current, OverlayAction step, FileKind? after, bool sameContent) =>
        $"{Here(applied, asApplied, current)}{Next(step, current, after, sameContent)}";

    private static char Here(StateKind applied, bool asApplied, FileKind? current) => applied switch
    {
        StateKind.None => ' ',
        _ when asApplied => ' ',
        _ when current is null => 'D',
        StateKind.Absent => 'A',
        _ => 'M',
    };

    private static char Next(OverlayAction step, FileKind? current, FileKind? after, bool sameContent) => step switch
    {
        OverlayAction.Left or OverlayAction.Forget or OverlayAction.Adopt => ' ',
        OverlayAction.Restore => 'R',
        OverlayAction.SetMetadata => 'P',
        _ when after is null => 'D',
        _ when current is null => 'A',
        _ when current != after => 'T',
        _ => sameContent ? 'P' : 'M',
    };
}
