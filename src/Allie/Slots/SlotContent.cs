using Allie.Images;

namespace Allie.Slots;

/// <summary>What was read inside a slot. Both null: nothing of ours is there, or it could not be looked into.</summary>
/// <param name="Stamp">/etc/allie-image: which image and generation the tree is.</param>
/// <param name="Marker">Present and for this very file system only when prep completed it.</param>
/// <param name="BootLoader">Why the boot loader is taken to read from it; null when it does not.</param>
public sealed record SlotContent(ImageStamp? Stamp, SlotMarker? Marker, string? BootLoader = null)
{
    /// <summary>/etc/fstab and /etc/crypttab; empty where there are none.</summary>
    public string Fstab { get; init; } = "";

    public string Crypttab { get; init; } = "";

    public static readonly SlotContent Nothing = new(null, null);
}
