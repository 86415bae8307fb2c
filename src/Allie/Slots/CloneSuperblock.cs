using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Allie.Slots;

/// <summary>
/// The superblock of a copied ext4 with a UUID and a label of its own, so that at no instant two file systems of one name are on the PC:
/// a power cut then would make it a lottery which of them is booted. ext4 seeds its checksums with the UUID; the feature
/// metadata_csum_seed keeps the old seed until tune2fs has written them anew.
/// </summary>
public static class CloneSuperblock
{
    /// <summary>Where the superblock is on the device, and how long.</summary>
    public const int At = 1024;

    private const int Bytes = 1024, Incompatible = 0x60, ReadOnly = 0x64, Uuid = 0x68, Label = 0x78, LabelBytes = 16, Seed = 0x270, Sum = 0x3FC;
    private const uint ChecksumSeed = 0x2000, MetadataChecksums = 0x400;

    /// <summary>Changes the 1024 bytes in place.</summary>
    /// <returns>False: the file system has no metadata checksums, so it is none of ours and is not copied by blocks.</returns>
    public static bool TryRename(Span<byte> super, string uuid, string label)
    {
        super = super[..Bytes];
        if ((BinaryPrimitives.ReadUInt32LittleEndian(super[ReadOnly..]) & MetadataChecksums) == 0)
        {
            return false;
        }

        var features = BinaryPrimitives.ReadUInt32LittleEndian(super[Incompatible..]);
        if ((features & ChecksumSeed) == 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(super[Seed..], Crc32C(super.Slice(Uuid, 16)));
            BinaryPrimitives.WriteUInt32LittleEndian(super[Incompatible..], features | ChecksumSeed);
        }

        new Guid(uuid).TryWriteBytes(super.Slice(Uuid, 16), bigEndian: true, out _);
        var name = super.Slice(Label, LabelBytes);
        name.Clear();
        Encoding.UTF8.GetBytes(label, name);
        BinaryPrimitives.WriteUInt32LittleEndian(super[Sum..], Crc32C(super[..Sum]));
        return true;
    }

    /// <summary>As ext4 uses it: begun with all ones and not inverted at the end.</summary>
    private static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }
}
