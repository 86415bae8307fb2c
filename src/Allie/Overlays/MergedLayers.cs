using Allie.Files;

namespace Allie.Overlays;

/// <summary>The outcome of a merge: one wish for each path, and the paths that nobody may touch because their wish cannot be read.</summary>
public sealed record MergedLayers(IReadOnlyDictionary<ImagePath, Wanted> Wanted, IReadOnlyList<PathFault> Faults)
{
    public bool IsFaulty(ImagePath path) => Faults.Any(f => path.IsAtOrBelow(f.Path));
}
