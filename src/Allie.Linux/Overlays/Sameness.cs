using Allie.Overlays.Layers;

namespace Allie.Linux.Overlays;

/// <summary>Which of the three is the same as what is in the image.</summary>
[Flags]
internal enum Sameness : byte
{
    None = 0,
    Wanted = 1,
    Applied = 2,

    /// <summary>Its time too.</summary>
    Undo = 4,
}
