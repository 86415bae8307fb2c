using Allie.Files;
using Allie.Overlays.Layers;

namespace Allie.Overlays;

/// <summary>One path that stays as it is, unless a higher layer decides it, and why; all others are applied. Covers what is below the path too.</summary>
/// <param name="Path">Where in the image.</param>
/// <param name="Layer">Whose; empty where it is no layer's.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsOfPlace">The image has something in the way: no layer decides the path until that is gone.</param>
public sealed record PathFault(ImagePath Path, string Layer, string Reason, bool IsOfPlace = false);
