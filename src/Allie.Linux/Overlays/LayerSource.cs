using Allie.Linux.Files;

namespace Allie.Linux.Overlays;

/// <summary>A layer to apply: its name and its tree.</summary>
public sealed record LayerSource(string Name, ImageRoot Root);
