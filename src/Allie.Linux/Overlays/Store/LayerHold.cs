using System.Text;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Overlays.Layers;

namespace Allie.Linux.Overlays.Store;

/// <summary>
/// The file .allie-hold at a layer's top. PCs fetch it with the layer, and then go on with the layer as they have it. No rsync filter is in play, so a
/// PC needs no second connection and a hold set by hand (touch) is as good.
/// </summary>
public sealed class LayerHold
{
    private readonly ImageRoot _overlays;
    private readonly ImagePath _path;

    /// <exception cref="UserError">Exit 2: no such layer.</exception>
    public LayerHold(ServerTrees trees, string layer)
    {
        if (!trees.Layers().Contains(layer))
        {
            throw UserError.Refused($"there is no layer {layer} in {trees.Overlays.HostPath}", "allie overlay list shows them");
        }

        (_overlays, _path) = (trees.Overlays, ImagePath.FromRaw(layer).Join(SpecialName.Hold));
    }

    public string Shown => _overlays.Show(_path);

    /// <summary>Null: not held. Empty: held without a reason.</summary>
    public string? Reason => _overlays.Exists(_path) ? _overlays.TryReadText(_path)?.Trim() ?? "" : null;

    public void Set(string reason) =>
        _overlays.WriteFile(_path, Encoding.UTF8.GetBytes(reason + "\n"), FileMetadata.Root(0x1A4, ImageRoot.Now));

    public void Release() => _overlays.RemoveFile(_path);
}
