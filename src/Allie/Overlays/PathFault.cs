using Allie.Files;

namespace Allie.Overlays;

/// <summary>One path that stays as it is, and why; all others are applied. Covers what is below the path too.</summary>
public sealed record PathFault(ImagePath Path, string Layer, string Reason);
