using Allie.Fleet;

namespace Allie.Overlays.Layers;

/// <summary>Which layers a PC's image has, lowest first: host beats group beats image beats all, and an image's own beats the general one.</summary>
public static class LayerStack
{
    /// <param name="image">The image's name.</param>
    /// <param name="host">The PC's line of the hosts file; null when it has none.</param>
    /// <returns>Directories below overlays/.</returns>
    public static IReadOnlyList<string> For(string image, HostEntry? host)
    {
        string[] weakestFirst = [.. (host?.Groups ?? []).Reverse()];
        return
        [
            "all", image,
            .. weakestFirst.Select(g => $"group/{g}/all"),
            .. weakestFirst.Select(g => $"group/{g}/{image}"),
            .. host is null ? Array.Empty<string>() : [$"host/{host.Name}/all", $"host/{host.Name}/{image}"],
        ];
    }
}
