using Allie.Files;

namespace Allie.Overlays.Layers;

/// <summary>
/// Layers, lowest first, become one wish for each path: the highest layer that speaks of a path decides it, directories merge. A file,
/// .wh. or .keep. hides all that lower layers have below it.
/// </summary>
public static class LayerMerge
{
    public static MergedLayers Merge(IReadOnlyList<Layer> layers)
    {
        var merged = new Dictionary<ImagePath, (Wanted Wish, int Rank)>();
        var faults = new List<PathFault>();
        for (var rank = 0; rank < layers.Count; rank++)
        {
            foreach (var wish in LayerReading.Read(layers[rank], faults))
            {
                var below = merged.TryGetValue(wish.Place, out var lower) ? lower.Wish : null;
                if (below?.Kind == WantedKind.Directory && (wish.Kind != WantedKind.Directory || wish.Exact is not null))
                {
                    Hide(wish.Place, rank, merged);
                }

                merged[wish.Place] = (wish.Kind == WantedKind.Directory && below?.Kind == WantedKind.Directory ? Join(below, wish) : wish, rank);
            }
        }

        var wanted = merged.Where(m => !IsHidden(m.Key, merged)).ToDictionary(m => m.Key, m => m.Value.Wish);
        return new(wanted, faults) { Layers = [.. layers.Select(l => l.Name)] };
    }

    /// <summary>Also for layers that are higher still: what lies below does not come back with a directory of theirs.</summary>
    private static void Hide(ImagePath directory, int rank, Dictionary<ImagePath, (Wanted Wish, int Rank)> merged)
    {
        foreach (var path in merged.Keys.Where(p => p != directory && p.IsAtOrBelow(directory)).ToList())
        {
            if (merged[path].Rank < rank)
            {
                merged.Remove(path);
            }
        }
    }

    private static Wanted Join(Wanted lower, Wanted higher) =>
        (lower.OwnMetadata && !higher.OwnMetadata ? lower : higher) with { Replace = lower.Replace || higher.Replace, Exact = higher.Exact ?? lower.Exact };

    /// <summary>Below something that is to be no directory. A higher layer that has the path has its directories too, and these won.</summary>
    private static bool IsHidden(ImagePath path, Dictionary<ImagePath, (Wanted Wish, int Rank)> merged)
    {
        for (var at = path; !at.IsRoot; at = at.Parent)
        {
            if (at != path && merged.TryGetValue(at, out var above) && above.Wish.Kind != WantedKind.Directory)
            {
                return true;
            }
        }

        return false;
    }
}
