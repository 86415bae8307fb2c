using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Allie.Tests.Slots;

/// <summary>Writes a small GPT disk as bytes: both headers, both entry arrays.</summary>
internal static class TableBytes
{
    internal const string LinuxData = "0fc63daf-8483-4772-8e79-3d69d8477de4";
    private const int Entries = 128;

    internal static byte[] Disk(int sectorSize, params (string Type, string Uuid, string Name, long First, long Last)[] partitions)
    {
        var arraySectors = Entries * 128 / sectorSize;
        var disk = new byte[sectorSize * ((2 * arraySectors) + 100)];
        var sectors = disk.Length / sectorSize;
        var array = new byte[Entries * 128];
        for (var i = 0; i < partitions.Length; i++)
        {
            var entry = array.AsSpan(i * 128, 128);
            new Guid(partitions[i].Type).TryWriteBytes(entry);
            new Guid(partitions[i].Uuid).TryWriteBytes(entry[16..]);
            BinaryPrimitives.WriteInt64LittleEndian(entry[32..], partitions[i].First);
            BinaryPrimitives.WriteInt64LittleEndian(entry[40..], partitions[i].Last);
            Encoding.Unicode.GetBytes(partitions[i].Name).CopyTo(entry[56..]);
        }

        array.CopyTo(disk, 2 * sectorSize);
        array.CopyTo(disk, (sectors - 1 - arraySectors) * sectorSize);
        Header(disk.AsSpan(sectorSize, sectorSize), 1, 2, array);
        Header(disk.AsSpan((sectors - 1) * sectorSize, sectorSize), sectors - 1, sectors - 1 - arraySectors, array);
        return disk;
    }

    private static void Header(Span<byte> header, long own, long entries, byte[] array)
    {
        "EFI PART"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], 0x10000);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], 92);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], own);
        BinaryPrimitives.WriteInt64LittleEndian(header[72..], entries);
        BinaryPrimitives.WriteInt32LittleEndian(header[80..], Entries);
        BinaryPrimitives.WriteInt32LittleEndian(header[84..], 128);
        BinaryPrimitives.WriteUInt32LittleEndian(header[88..], Crc32.HashToUInt32(array));
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], Crc32.HashToUInt32(header[..92]));
    }
}
