using System.Buffers.Binary;

namespace Allie.Slots;

/// <summary>How large a file system is and how much of it is used, by its own superblock; nobody need mount it.</summary>
public readonly record struct FileSystemSize(long Bytes, long UsedBytes)
{
    /// <summary>Null for a type that is not read here.</summary>
    /// <param name="type">As <see cref="Superblock.Probe"/> found it.</param>
    /// <param name="head">The first 4 KiB.</param>
    public static FileSystemSize? Read(string type, ReadOnlySpan<byte> head) => type switch
    {
        "ext4" => Ext(head[1024..]),
        "xfs" => Xfs(head),
        _ => null,
    };

    /// <summary>ext2_fs.h: counts in two halves, of which the upper one holds with the feature 64bit alone.</summary>
    private static FileSystemSize Ext(ReadOnlySpan<byte> super)
    {
        const uint Is64Bit = 0x80;
        var wide = (BinaryPrimitives.ReadUInt32LittleEndian(super[96..]) & Is64Bit) != 0;
        var block = 1024L << (int)BinaryPrimitives.ReadUInt32LittleEndian(super[24..]);
        var blocks = Count(super, 4, 336, wide);
        return new(blocks * block, (blocks - Count(super, 12, 344, wide)) * block);
    }

    private static long Count(ReadOnlySpan<byte> super, int low, int high, bool wide) =>
        BinaryPrimitives.ReadUInt32LittleEndian(super[low..]) | (wide ? (long)BinaryPrimitives.ReadUInt32LittleEndian(super[high..]) << 32 : 0);

    /// <summary>xfs_format.h, struct xfs_dsb: sb_blocksize, sb_dblocks, sb_fdblocks, big endian.</summary>
    private static FileSystemSize Xfs(ReadOnlySpan<byte> super)
    {
        var block = (long)BinaryPrimitives.ReadUInt32BigEndian(super[4..]);
        var blocks = BinaryPrimitives.ReadInt64BigEndian(super[8..]);
        return new(blocks * block, (blocks - BinaryPrimitives.ReadInt64BigEndian(super[144..])) * block);
    }
}
