using System.Globalization;
using Allie.Files;
using Allie.Linux.Files;

namespace Allie.Linux.Slots;

/// <summary>
/// Lists block devices from sysfs. Only those with a node of the same number in /dev count: in a container /sys shows the disks of the
/// whole machine, and only the nodes say which ones are this system's.
/// </summary>
internal sealed class BlockDevices(string systemRoot)
{
    private const int SysfsSector = 512; // "size" and "start" count in these, whatever the disk's own sectors are

    private readonly string _classBlock = Path.Combine(systemRoot, "sys/class/block");

    internal IReadOnlyList<BlockDevice> Scan()
    {
        using var nodes = ImageRoot.Open(Path.Combine(systemRoot, "dev"));
        var found = new List<BlockDevice>();
        foreach (var name in Directory.EnumerateFileSystemEntries(_classBlock).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal))
        {
            if (TryRead(name, nodes) is { SizeBytes: > 0 } device)
            {
                found.Add(device);
            }
        }

        return found;
    }

    /// <summary>Null without a node; also when the device goes away while it is read.</summary>
    private BlockDevice? TryRead(string name, ImageRoot nodes)
    {
        try
        {
            var number = Text(name, "dev");
            var node = name.Replace('!', '/'); // cciss!c0d0 is /dev/cciss/c0d0
            return nodes.TryStat(ImagePath.Of(node)) is { Kind: FileKind.BlockDevice } facts && $"{facts.SpecialMajor}:{facts.SpecialMinor}" == number
                ? Read(name, Path.Combine(systemRoot, "dev", node), number)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private BlockDevice Read(string name, string node, string number)
    {
        var partition = File.Exists(Path.Combine(_classBlock, name, "partition"));
        var disk = partition ? DiskOf(name) : name;
        var uevent = File.ReadAllLines(Path.Combine(_classBlock, name, "uevent"));
        return new(
            name, node, number, Number(name, "size") * SysfsSector, partition ? Number(name, "start") * SysfsSector : 0,
            partition ? (int)Number(name, "partition") : 0, disk, (int)Number(disk, "queue/logical_block_size"),
            Number(name, "ro") != 0, Number(disk, "removable") != 0, Holders(name), Value(uevent, "PARTNAME="), Value(uevent, "PARTUUID="));
    }

    /// <summary>/sys/class/block/sda3 links to ../../devices/.../block/sda/sda3.</summary>
    private string DiskOf(string partition) =>
        Directory.ResolveLinkTarget(Path.Combine(_classBlock, partition), true)?.FullName.Split('/')[^2] ?? partition;

    private string[] Holders(string name) =>
        Path.Combine(_classBlock, name, "holders") is var directory && Directory.Exists(directory)
            ? [.. Directory.EnumerateFileSystemEntries(directory).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)]
            : [];

    private string Text(string name, string attribute) => File.ReadAllText(Path.Combine(_classBlock, name, attribute)).Trim();

    private long Number(string name, string attribute) => long.Parse(Text(name, attribute), CultureInfo.InvariantCulture);

    private static string Value(string[] lines, string key) =>
        lines.FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))?[key.Length..] ?? "";
}
