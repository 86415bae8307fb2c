using Allie.Linux.Mounts;
using Allie.Linux.Slots;

namespace Allie.Linux.Boot;

/// <summary>A partition that may hold a boot loader's files.</summary>
/// <param name="DeviceName">The kernel's name: sda2.</param>
/// <param name="Node">/dev/sda2</param>
/// <param name="FirstSector">In the disk's logical sectors, as the table has it.</param>
public sealed record BootPartition(string DeviceName, string Node, string PartUuid, string TypeId, int Number, long FirstSector, long Sectors)
{
    private const string EspGpt = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";
    private const string EspMbr = "0xef";

    public bool IsEsp => TypeId is EspGpt or EspMbr;

    /// <summary>From the superblock; "" when it has none that we know.</summary>
    public string FileSystem => DeviceBytes.ReadSignatures(Node, SizeBytes) is [var only, ..] ? only.Type : "";

    public string FsUuid => DeviceBytes.ReadSignatures(Node, SizeBytes) is [var only, ..] ? only.Uuid : "";

    internal long SizeBytes { get; init; }

    public static IReadOnlyList<BootPartition> All(string systemRoot = "/")
    {
        var devices = new BlockDevices(systemRoot).Scan();
        var found = new List<BootPartition>();
        foreach (var disk in devices.Where(d => !d.IsPartition))
        {
            foreach (var entry in DeviceBytes.ReadTable(disk))
            {
                if (devices.FirstOrDefault(d => d.IsPartition && d.Disk == disk.Name && d.StartBytes == entry.FirstSector * disk.SectorSize) is { } part)
                {
                    found.Add(new(part.Name, part.Node, entry.PartUuid, entry.TypeId, entry.Number, entry.FirstSector, entry.LastSector - entry.FirstSector + 1)
                    {
                        SizeBytes = part.SizeBytes,
                    });
                }
            }
        }

        return found;
    }

    /// <summary>The mount that a directory is on, and the name of its device (sda2, dm-0; "" for none).</summary>
    internal static (MountLine Mount, string DeviceName) Of(string directory)
    {
        var real = Directory.ResolveLinkTarget(directory, true)?.FullName ?? Path.GetFullPath(directory);
        var mount = MountTable.Here().Where(m => m.Point == "/" || real == m.Point || real.StartsWith(m.Point + "/", StringComparison.Ordinal)).MaxBy(m => m.Point.Length)!;
        var device = new BlockDevices("/").Scan().FirstOrDefault(d => d.Number == mount.DeviceNumber || d.Node == mount.Source);
        return (mount, device?.Name ?? "");
    }
}
