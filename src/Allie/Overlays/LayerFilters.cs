namespace Allie.Overlays;

/// <summary>rsync's filter rules (rsync(1), FILTER RULES) that let one call fetch exactly a PC's layers out of overlays/.</summary>
public static class LayerFilters
{
    /// <param name="layers">Layer directories: all, f18, group/G/f18.</param>
    public static IReadOnlyList<string> For(IReadOnlyList<string> layers)
    {
        var above = layers.SelectMany(Parents).Distinct().ToList();
        return
        [
            // A layer that the server does not have is missing, not empty: what was fetched before is not deleted.
            .. above.Concat(layers).Select(l => $"P /{l}"),
            .. above.Select(p => $"+ /{p}/"),
            .. layers.Select(l => $"+ /{l}/***"),
            "- *",
        ];
    }

    private static IEnumerable<string> Parents(string layer)
    {
        for (var slash = layer.IndexOf('/'); slash > 0; slash = layer.IndexOf('/', slash + 1))
        {
            yield return layer[..slash];
        }
    }
}
