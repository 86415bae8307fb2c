using Allie.Files;

namespace Allie.Overlays.Layers;

/// <summary>The outcome of a merge: one wish for each path, and what of which layer cannot be read.</summary>
public sealed record MergedLayers(IReadOnlyDictionary<ImagePath, Wanted> Wanted, IReadOnlyList<PathFault> Faults)
{
    /// <summary>Their names, lowest first.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>Nobody may touch it, as its wish is not known: a layer has a fault there, or above it, and no higher one decides the path.</summary>
    public bool IsFaulty(ImagePath path)
    {
        if (Faults.Count == 0)
        {
            return false;
        }

        var rank = Wanted.TryGetValue(path, out var wish) ? Rank(wish.Layer) : -1;
        return Faults.Any(f => path.IsAtOrBelow(f.Path) && (f.IsOfPlace || rank <= Rank(f.Layer)));
    }

    /// <summary>With who decides the path instead, for people.</summary>
    public PathFault Told(PathFault fault) =>
        !IsFaulty(fault.Path) && Wanted.TryGetValue(fault.Path, out var wish) ? fault with { Reason = $"{fault.Reason}; layer {wish.Layer} decides this path" } : fault;

    private int Rank(string layer)
    {
        var rank = Layers.Count - 1;
        while (rank >= 0 && Layers[rank] != layer)
        {
            rank--;
        }

        return rank;
    }
}
