using Allie.Boot.Grub;
using Allie.Linux.Native;
using Allie.Linux.Slots;

namespace Allie.Linux.Boot.Moving;

/// <summary>The sectors of a BIOS disk that no file system has: the boot sector and the place for core images.</summary>
internal sealed class DiskSectors
{
    private const string BiosBoot = "21686148-6449-6e6f-744e-656564454649";
    private const int MostBytes = 8 << 20;

    private readonly string _node;

    private DiskSectors(string node, long first, int count, bool isGrubs) => (_node, First, Count, IsGrubs) = (node, first, count, isGrubs);

    internal long First { get; }

    internal int Count { get; }

    /// <summary>A BIOS boot partition; else the gap between an MBR and the first partition.</summary>
    internal bool IsGrubs { get; }

    /// <summary>Null where core images have no place of their own, or sectors are not of 512 bytes.</summary>
    internal static DiskSectors? Of(string node)
    {
        var disk = new BlockDevices("/").Scan().First(d => d.Node == node);
        var table = DeviceBytes.ReadTable(disk);
        if (disk.SectorSize != CoreImage.SectorBytes || table.Count == 0)
        {
            return null;
        }

        const int Most = MostBytes / CoreImage.SectorBytes;
        return table.FirstOrDefault(e => e.TypeId == BiosBoot) is { } own ? new(node, own.FirstSector, (int)Math.Min(own.LastSector - own.FirstSector + 1, Most), true)
            : table.All(e => e.TypeId.StartsWith("0x", StringComparison.Ordinal)) ? new(node, 1, (int)Math.Min(table.Min(e => e.FirstSector) - 1, Most), false)
            : null;
    }

    internal byte[] Area() => Read(First, Count);

    internal byte[] BootSector() => Read(0, 1);

    internal byte[] Read(long sector, int count)
    {
        using var fd = Fd.Open(Flags.AtFdCwd, Bytes.Of(_node), Flags.ReadOnly, _node);
        Seek(fd, sector);
        var bytes = new byte[count * CoreImage.SectorBytes];
        for (var done = 0; done < bytes.Length;)
        {
            done += fd.Read(bytes.AsSpan(done), _node) is var read and > 0 ? read : throw new LinuxException("read", _node, Errno.EIO);
        }

        return bytes;
    }

    /// <summary>On the disk when this returns, and read back.</summary>
    internal void Write(long sector, byte[] bytes)
    {
        using (var fd = Fd.Open(Flags.AtFdCwd, Bytes.Of(_node), Flags.WriteOnly, _node))
        {
            Seek(fd, sector);
            fd.Write(bytes, _node);
            fd.Sync(_node);
        }

        if (!Read(sector, bytes.Length / CoreImage.SectorBytes).AsSpan().SequenceEqual(bytes))
        {
            throw new LinuxException("write", $"{_node}, sector {sector}", Errno.EIO);
        }
    }

    private void Seek(Fd fd, long sector)
    {
        if (Libc.lseek(fd.Number, sector * CoreImage.SectorBytes, 0) < 0)
        {
            throw LinuxException.Last("read", _node);
        }
    }
}
