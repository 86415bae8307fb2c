using Allie.Config;
using Allie.Linux.Slots;
using Allie.Slots;

namespace Allie.Linux.Conf;

/// <summary>The slots of this PC whose images are not running. Whether one holds an image is seen when it is mounted.</summary>
public sealed class InactiveImages(SlotFinder finder, PcSettings settings)
{
    private static readonly string[] LinuxTypes = ["ext2", "ext3", "ext4", "xfs", "btrfs"];

    public IReadOnlyList<InactiveImage> Find() =>
        [.. finder.Find().Where(s => !s.IsRunningRoot && CanHoldImage(s, settings)).Select(s => new InactiveImage(s.Name, Skip(s), s.FileSystem!.Label.Split('~')[0]))];

    /// <summary>A disk in a file is somebody's work with an image (a test, a lab), not a slot of this PC, unless [safety] says so.</summary>
    public static bool CanHoldImage(SlotFacts slot, PcSettings settings) =>
        slot.FileSystem is { } fs && LinuxTypes.Contains(fs.Type) && (settings.AllowLoopDevices || !slot.IsLoopOrMemory);

    public static string? Skip(SlotFacts slot) => slot switch
    {
        { Duplicates.Count: > 0 } => $"{slot.DevicePath} and {string.Join(", ", slot.Duplicates)} have the same name",
        { MountedAt.Count: > 0 } => $"mounted at {slot.MountedAt[0]}",
        { IsReadOnly: true } => $"{slot.DevicePath} is read-only",
        { Holders.Count: > 0 } => $"in use by {string.Join(", ", slot.Holders)}",
        _ => null,
    };
}
