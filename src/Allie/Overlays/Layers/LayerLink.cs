using Allie.Errors;
using Allie.Files;

namespace Allie.Overlays.Layers;

/// <summary>A layer that is a link: a site keeps f18.1 and f18.2 beside each other and switches overlays/f18 from one to the other.</summary>
public static class LayerLink
{
    /// <summary>Where it leads, below overlays/.</summary>
    /// <param name="layer">The link: f18, group/G/all.</param>
    /// <param name="rawLink">What it holds, one byte per char.</param>
    /// <exception cref="UserError">Exit 1: PCs are not shown what is there.</exception>
    public static ImagePath Target(string layer, string rawLink)
    {
        var at = ImagePath.Of(layer).Parent;
        var outside = rawLink.Length == 0 || rawLink[0] == '/';
        foreach (var part in rawLink.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != "."))
        {
            outside |= part == ".." && at.IsRoot;
            at = part == ".." ? at.Parent : at.Join(part);
        }

        return outside || at.IsRoot || at.IsAtOrBelow(ImagePath.Of("host")) || ImagePath.Of(layer).IsAtOrBelow(at)
            ? throw new UserError($"layer {layer} is a link to {RawName.Display(rawLink)}, which PCs cannot follow", "link to a directory beside it in overlays/, by a relative path: ln -sfn f18.2 f18")
            : at;
    }
}
