using Allie.Files;
using Allie.Overlays.Layers;

namespace Allie.Overlays.State;

/// <summary>All that the decision for one path needs to know. "Same" is kind, content, mode, owner and attributes; never times.</summary>
/// <param name="Path">In the image, directory links followed.</param>
/// <param name="Wanted">Null: no layer speaks of it (any more).</param>
/// <param name="Applied">What we last put there.</param>
/// <param name="Undo">What was there that we did not write.</param>
/// <param name="Current">What is there; null is nothing.</param>
/// <param name="WantedIsCurrent">Same as what the layer has.</param>
/// <param name="AppliedIsCurrent">Same as what we last put there.</param>
/// <param name="UndoIsCurrent">Same as what was there before us, its time too.</param>
/// <param name="Obstacle">Why it must not be touched: a mount point, an unreadable file.</param>
public sealed record PathState(
    ImagePath Path,
    Wanted? Wanted,
    StateKind Applied,
    StateKind Undo,
    FileKind? Current,
    bool WantedIsCurrent,
    bool AppliedIsCurrent,
    bool UndoIsCurrent,
    string? Obstacle = null);
