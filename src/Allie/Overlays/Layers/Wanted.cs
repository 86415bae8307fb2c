using Allie.Files;

namespace Allie.Overlays.Layers;

/// <summary>What the layers together want at one path of the image.</summary>
/// <param name="Place">The path in the image.</param>
/// <param name="Kind">What is wanted there.</param>
/// <param name="Layer">The layer that decides.</param>
/// <param name="Source">Where the content is in that layer.</param>
/// <param name="Replace">.wh.NAME stands beside NAME: whatever is there gives way, whatever its type.</param>
/// <param name="OwnMetadata">.allie-dir: the directory's own mode and owner are meant, also when it exists already.</param>
/// <param name="Exact">The layer that says that nothing of the image and of lower layers is in this directory, or below it; null when none does.</param>
/// <param name="IsTemplate">Source is rendered for this PC.</param>
public sealed record Wanted(
    ImagePath Place, WantedKind Kind, string Layer, ImagePath Source, bool Replace = false, bool OwnMetadata = false, string? Exact = null, bool IsTemplate = false);
