using Allie.Files;
using Allie.Fleet;
using Allie.Rsync;

namespace Allie.Overlays.Layers;

/// <summary>What a PC asks the server for, in one call.</summary>
/// <param name="Module">pc, or pc-H for PC H.</param>
/// <param name="Layers">Names, lowest first.</param>
/// <param name="Targets">Directories below overlays/ that layers are links to.</param>
public sealed record LayerRequest(string Module, IReadOnlyList<string> Layers, IReadOnlyList<ImagePath> Targets)
{
    public static readonly LayerRequest None = new("", [], []);

    /// <summary>The PC's line of the hosts file, by which this was asked.</summary>
    public HostEntry? Host { get; init; }

    public IReadOnlyList<string> Filters => LayerFilters.For(Layers, Targets);

    public bool IsSameAs(LayerRequest other) => Module == other.Module && Filters.SequenceEqual(other.Filters);

    /// <summary>The directories that hold layers are no part of one; their times and modes on the PC are our own.</summary>
    public bool IsScaffolding(RsyncChange change) =>
        change.Name == "./" || (change.Name.EndsWith('/') && Layers.Concat(Targets.Select(t => t.Raw)).Any(n => $"overlays/{n}".StartsWith(change.Name, StringComparison.Ordinal)));
}
