using Allie.Linux.Files;
using Allie.Overlays;

namespace Allie.Linux.Overlays.Layers;

/// <summary>A layer to apply: its name and its tree.</summary>
public sealed record LayerSource(string Name, ImageRoot Root)
{
    /// <summary>What its server could not read: paths in the layer, and why.</summary>
    public IReadOnlyList<PathFault> Unread { get; init; } = [];
}
