using Allie.Files;
using Allie.Linux.Files;
using Allie.Overlays.Layers;

namespace Allie.Linux.Overlays;

/// <summary>One of the entries that a path of the image is compared with. Facts is null when it is gone; Template is set for what is rendered first.</summary>
internal sealed record Compared(ImageRoot Root, ImagePath Path, FileFacts? Facts, Wanted? Template = null);
