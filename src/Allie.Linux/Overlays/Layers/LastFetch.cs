using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Overlays.State;
using Allie.Overlays.Layers;

namespace Allie.Linux.Overlays.Layers;

/// <summary>The layers as the last run fetched them. The server is not asked: what a monitor looks at each minute must cost it nothing.</summary>
internal static class LastFetch
{
    /// <exception cref="UserError">Exit 2: nothing was fetched yet.</exception>
    internal static FetchedLayers Layers(ImageRoot root, ImagePath state, string image, string pcName, Origins origins)
    {
        var layers = new Mirror(root, LayerVisit.Cached.Under(state));
        var names = LayerStack.For(image, HostLine.Last(root, state, pcName));
        return layers.Exists
            ? new([.. names.Where(n => root.Exists(layers.Tree(n))).Select(n => layers.Source(n, new(layers.Refused)))], [])
            {
                Missing = names.Where(n => !LayerDirectories.HasFiles(root, layers.Tree(n))).Intersect(origins.Layers).ToHashSet(),
            }
            : throw UserError.Refused($"no overlay layers were fetched yet: there is no {root.Show(layers.Top)}", "run: allie apply, or name local layers: --layer DIR");
    }
}
