namespace Allie.Linux.Overlays;

/// <summary>The layers to apply, lowest first, and what the fetch has to say to people.</summary>
public sealed record FetchedLayers(IReadOnlyList<LayerSource> Layers, IReadOnlyList<string> Notes);
