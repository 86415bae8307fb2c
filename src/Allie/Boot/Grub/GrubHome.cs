namespace Allie.Boot.Grub;

/// <summary>Whether GRUB can write to the file system that its directory is on.</summary>
public static class GrubHome
{
    /// <summary>Measured with GRUB 2.06: these it overwrites in place, others only give "sparse file not allowed".</summary>
    private static readonly string[] Writable = ["ext2", "ext3", "ext4", "xfs", "vfat"];

    /// <summary>Null when it can; else why not. A boot from there could be set for good, but not tried.</summary>
    /// <param name="fileSystem">Type as mountinfo has it.</param>
    /// <param name="device">The kernel's name of the device: sda2, dm-0, md0.</param>
    public static string? WriteRefusal(string fileSystem, string device) =>
        !Writable.Contains(fileSystem) ? $"GRUB cannot write to {fileSystem}, so a try could not be counted down"
        : device.StartsWith("dm-", StringComparison.Ordinal) ? $"GRUB cannot write to {device} (LVM or encryption), so a try could not be counted down"
        : device.StartsWith("md", StringComparison.Ordinal) ? $"GRUB cannot write to {device} (RAID), so a try could not be counted down"
        : null;
}
