using Allie.Files;

namespace Allie.Prep;

/// <summary>/var/lib/allie/slot.json inside a slot: prep came to its end. A slot without it is not to be trusted.</summary>
public sealed record SlotMarker(string Image, int Generation, string Slot, string FsUuid, string PreparedAt)
{
    public static readonly ImagePath Path = ImagePath.Of("var/lib/allie/slot.json");

    public bool Holds(string image, int generation) => Image == image && Generation == generation;
}
