namespace Allie.Overlays.Layers;

/// <summary>All that one layer says, parents before what is in them.</summary>
public sealed record Layer(string Name, IReadOnlyList<LayerEntry> Entries);
