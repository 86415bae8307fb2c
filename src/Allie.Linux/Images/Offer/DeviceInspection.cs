using System.Buffers.Binary;
using Allie.Errors;
using Allie.Files;
using Allie.Images.Offer;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Linux.Processes;

namespace Allie.Linux.Images.Offer;

/// <summary>Looks at a block device that is to be offered.</summary>
public sealed class DeviceInspection(IRunner runner)
{
    private const int ExtSuperblock = 1024; // bytes from the start of the device
    private const uint RecoverFlag = 0x4; // EXT4_FEATURE_INCOMPAT_RECOVER

    /// <exception cref="UserError">Exit 2: nothing of that name.</exception>
    public DeviceUse Look(string device)
    {
        if (!Path.Exists(device))
        {
            throw UserError.Refused($"cannot offer {device}: there is no such device", "lsblk lists them");
        }

        using var root = ImageRoot.Open("/");
        var path = Path.GetFullPath(File.ResolveLinkTarget(device, true)?.FullName ?? device);
        if (root.TryStat(ImagePath.Of(path)) is not { Kind: FileKind.BlockDevice } facts)
        {
            return new(device, false, false, false, null, "", false);
        }

        var number = $"{facts.SpecialMajor}:{facts.SpecialMinor}";
        var mounts = MountTable.Everywhere().Where(m => m.DeviceNumber == number || Is(root, m.Source, facts)).ToList();
        var type = runner.Run(new Command("blkid", "-p", "-o", "value", "-s", "TYPE", path)).Output.Trim();
        return new(
            device, true, mounts.Any(m => m.Point == "/" && IsOurs(m)), SwapDevices().Any(s => Is(root, s, facts)),
            mounts.FirstOrDefault(m => m.IsWritable)?.Point, type, type is "ext4" or "ext3" && NeedsRecovery(path));
    }

    private static bool IsOurs(MountLine mount) => MountTable.Here().Any(m => m.Point == "/" && m.DeviceNumber == mount.DeviceNumber);

    /// <summary>The same device under this name; btrfs has device numbers of its own in the mount table, so the source counts too.</summary>
    private static bool Is(ImageRoot root, string source, FileFacts device) =>
        source.StartsWith("/dev/", StringComparison.Ordinal)
        && TryStat(root, source) is { Kind: FileKind.BlockDevice } other
        && (other.SpecialMajor, other.SpecialMinor) == (device.SpecialMajor, device.SpecialMinor);

    private static FileFacts? TryStat(ImageRoot root, string path)
    {
        try
        {
            return root.TryStat(ImagePath.Of(File.ResolveLinkTarget(path, true)?.FullName ?? path));
        }
        catch (IOException)
        {
            return null; // a name in another mount namespace that does not exist in ours
        }
    }

    private static IEnumerable<string> SwapDevices() =>
        File.Exists("/proc/swaps") ? File.ReadLines("/proc/swaps").Skip(1).Select(l => l.Split([' ', '\t'])[0]) : [];

    /// <summary>The journal holds changes that a read-only mount would not see: we never replay it, that would write to the device.</summary>
    private static bool NeedsRecovery(string device)
    {
        using var stream = File.OpenRead(device);
        var superblock = new byte[256];
        stream.Position = ExtSuperblock;
        stream.ReadExactly(superblock);
        return (BinaryPrimitives.ReadUInt32LittleEndian(superblock.AsSpan(0x60)) & RecoverFlag) != 0;
    }
}
