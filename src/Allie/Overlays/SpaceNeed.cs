using Allie.Files;

namespace Allie.Overlays;

/// <summary>Room that a step takes while it is carried out.</summary>
/// <param name="At">Where the file system is mounted in the image.</param>
/// <param name="Bytes">At least that many.</param>
public readonly record struct SpaceNeed(ImagePath At, long Bytes);
