using Allie.Linux.Native;
using Allie.Slots;

namespace Allie.Linux.Slots;

/// <summary>Reads the ends of a device. Through its own node: a partition and its disk have separate page caches.</summary>
internal static class DeviceBytes
{
    private static readonly FileSystemFacts Unreadable = new("unreadable", "", "");

    internal static IReadOnlyList<PartitionEntry> ReadTable(BlockDevice disk)
    {
        try
        {
            using var fd = Open(disk.Node);
            return PartitionTable.Parse(
                Head(fd, disk.Node, disk.SizeBytes, PartitionTable.BytesOfEachEnd), Tail(fd, disk.Node, disk.SizeBytes, PartitionTable.BytesOfEachEnd), disk.SectorSize,
                number => Sector(fd, disk, number));
        }
        catch (LinuxException e) when (e.Errno is not (Errno.EACCES or Errno.EPERM))
        {
            return []; // an empty card reader or a failing disk must not hide the others; what has no table is refused anyway
        }
    }

    internal static IReadOnlyList<FileSystemFacts> ReadSignatures(string node, long size)
    {
        try
        {
            using var fd = Open(node);
            return Superblock.Probe(Head(fd, node, size, Superblock.HeadBytes), Tail(fd, node, size, Superblock.TailBytes));
        }
        catch (LinuxException e) when (e.Errno is not (Errno.EACCES or Errno.EPERM))
        {
            return [Unreadable]; // counts as a foreign file system: refused
        }
    }

    /// <summary>Null where the superblock does not tell.</summary>
    internal static FileSystemSize? ReadSize(string node, string type)
    {
        const int SuperBytes = 4096;
        try
        {
            using var fd = Open(node);
            return FileSystemSize.Read(type, Read(fd, node, 0, SuperBytes));
        }
        catch (LinuxException)
        {
            return null;
        }
    }

    private static Fd Open(string node) => Fd.Open(Flags.AtFdCwd, Bytes.Of(node), Flags.ReadOnly | Flags.NonBlock, node);

    /// <summary>A link of a chain that leads behind the end of the disk ends the chain.</summary>
    private static byte[] Sector(Fd fd, BlockDevice disk, long number) =>
        (number + 1) * disk.SectorSize <= disk.SizeBytes ? Read(fd, disk.Node, number * disk.SectorSize, disk.SectorSize) : [];

    private static byte[] Head(Fd fd, string node, long size, int count) => Read(fd, node, 0, (int)Math.Min(count, size));

    private static byte[] Tail(Fd fd, string node, long size, int count) => Read(fd, node, size - Math.Min(count, size), (int)Math.Min(count, size));

    private static byte[] Read(Fd fd, string node, long at, int count)
    {
        if (Libc.lseek(fd.Number, at, 0) != at)
        {
            throw LinuxException.Last("read", node);
        }

        var bytes = new byte[count];
        for (var done = 0; done < count;)
        {
            var read = fd.Read(bytes.AsSpan(done), node);
            if (read == 0)
            {
                throw new LinuxException("read", node, Errno.EIO);
            }

            done += read;
        }

        return bytes;
    }
}
