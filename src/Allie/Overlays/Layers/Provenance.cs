using Allie.Files;

namespace Allie.Overlays.Layers;

/// <summary>One layer that speaks of a path, or of a directory above it in a way that decides the path.</summary>
public sealed record Provenance(string Layer, Wanted Wish, bool Wins)
{
    /// <summary>Lowest layer first; at most one wins.</summary>
    /// <param name="path">In the image, directory links followed.</param>
    /// <param name="layers">Lowest first.</param>
    public static IReadOnlyList<Provenance> Of(ImagePath path, IReadOnlyList<Layer> layers)
    {
        var winner = Deciding(path, LayerMerge.Merge(layers));
        return [.. layers.Select(l => Deciding(path, LayerMerge.Merge([l]))).OfType<Wanted>().Select(w => new Provenance(w.Layer, w, w.Layer == winner?.Layer && w.Place == winner.Place))];
    }

    /// <summary>In words: what the layer says of the path.</summary>
    public string Says(ImagePath path) => Wish switch
    {
        _ when Wish.Place != path => $"{Wish.Place} is no directory there, so nothing is below it",
        { Kind: WantedKind.Absent } => "must not exist",
        { Kind: WantedKind.Keep } => "the image's own",
        { Kind: WantedKind.Once } => "installed once, where it is missing",
        { Kind: WantedKind.Directory } => "a directory",
        { IsTemplate: true } => "has it, as a template",
        _ => "has it",
    };

    private static Wanted? Deciding(ImagePath path, MergedLayers merged)
    {
        if (merged.Wanted.TryGetValue(path, out var wish))
        {
            return wish;
        }

        for (var above = path.Parent; !above.IsRoot; above = above.Parent)
        {
            if (merged.Wanted.TryGetValue(above, out var over) && over.Kind is WantedKind.Absent or WantedKind.Entry)
            {
                return over;
            }
        }

        return null;
    }
}
