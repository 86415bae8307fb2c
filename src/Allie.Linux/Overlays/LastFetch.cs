using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Overlays;

namespace Allie.Linux.Overlays;

/// <summary>The layers as the last run fetched them. The server is not asked: what a monitor looks at each minute must cost it nothing.</summary>
internal static class LastFetch
{
    /// <exception cref="UserError">Exit 2: nothing was fetched yet.</exception>
    internal static IReadOnlyList<LayerSource> Layers(ImageRoot root, ImagePath state, string image, string pcName)
    {
        var layers = state.Join("layers");
        if (!root.Exists(layers))
        {
            throw UserError.Refused($"no overlay layers were fetched yet: there is no {root.Show(layers)}", "run: allie apply, or name local layers: --layer DIR");
        }

        return [.. LayerStack.For(image, HostLine.Last(root, state, pcName)).Where(n => root.Exists(ImagePath.Of(n).Under(layers))).Select(n => new LayerSource(n, root.OpenBelow(ImagePath.Of(n).Under(layers))))];
    }
}
