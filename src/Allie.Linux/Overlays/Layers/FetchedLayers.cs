using Allie.Fleet;
using Allie.Overlays;

namespace Allie.Linux.Overlays.Layers;

/// <summary>The layers to apply, lowest first, and what the fetch has to say to people.</summary>
public sealed record FetchedLayers(IReadOnlyList<LayerSource> Layers, IReadOnlyList<string> Notes)
{
    /// <summary>The PC's line of the hosts file, where the server was asked for it.</summary>
    public HostEntry? Host { get; init; }

    /// <summary>Of layers as a whole: what was fetched last of them, if anything, stays in force.</summary>
    public IReadOnlyList<PathFault> Faults { get; init; } = [];

    /// <summary>Layers of which nothing is known now, neither from the server nor from an earlier fetch.</summary>
    public IReadOnlySet<string> Missing { get; init; } = new HashSet<string>();
}
