using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Linux.Slots;

namespace Allie.Linux.Overlays;

/// <summary>Label and type of the file system that an image's root is on; empty where they cannot be told (a directory in memory).</summary>
internal static class RootFileSystem
{
    internal static (string Label, string Type) Of(ImageRoot root)
    {
        var facts = root.Stat(ImagePath.Root);
        var number = $"{facts.DeviceMajor}:{facts.DeviceMinor}";
        var mounts = MountTable.Here();

        // btrfs gives its files another number than its mount has.
        var type = (mounts.FirstOrDefault(m => m.DeviceNumber == number) ?? mounts.LastOrDefault(m => m.Point == root.HostPath))?.Type ?? "";

        // ext4 tells its label since Linux 5.17 only; its superblock always does.
        return (root.FileSystemLabel() ?? new DeviceNames().ContentOfNumber(number)?.Label ?? "", type);
    }
}
