using Allie.Files;

namespace Allie.Overlays.Layers;

/// <summary>One name of a layer: where it is in the layer, and where that lands in the image once the image's directory links are followed.</summary>
/// <param name="Path">In the layer, special names as they are written.</param>
/// <param name="Place">In the image; the last component is still the written one.</param>
/// <param name="Kind">What the layer has.</param>
/// <param name="Fault">Why it cannot land there; what is below it is then not listed.</param>
public sealed record LayerEntry(ImagePath Path, ImagePath Place, FileKind Kind, string? Fault = null);
