using System.Buffers.Binary;

namespace Allie.Slots;

/// <summary>The partitions of an MBR disk, primary and logical.</summary>
public static class MbrTable
{
    private const string Unused = "0x00", Protective = "0xee";

    /// <summary>Null when the sector holds no MBR, or only the protective one of a GPT disk.</summary>
    /// <param name="start">The first sector of the disk.</param>
    /// <param name="readSector">Another sector of it by its number, for the logical partitions; empty when it cannot be read.</param>
    public static IReadOnlyList<PartitionEntry>? Parse(ReadOnlySpan<byte> start, Func<long, byte[]> readSector)
    {
        if (!HasMark(start))
        {
            return null;
        }

        var signature = BinaryPrimitives.ReadUInt32LittleEndian(start[440..]);
        var found = new List<PartitionEntry>();
        for (var place = 0; place < 4; place++)
        {
            var (type, first, count) = Entry(start, place);
            if (start[446 + (place * 16)] is not (0 or 0x80) || type == Protective)
            {
                return null; // a boot sector of a file system that ends in the same two bytes, or GPT
            }

            if (type != Unused && count > 0)
            {
                found.Add(Partition(place + 1, type, signature, first, count));
            }
        }

        return [.. found, .. LogicalPartitions.Of(found, signature, readSector)];
    }

    internal static bool HasMark(ReadOnlySpan<byte> sector) => sector.Length >= 512 && sector[510] == 0x55 && sector[511] == 0xAA;

    /// <summary>One of the four entries of an MBR, or of a link in the chain of logical partitions.</summary>
    internal static (string Type, long First, long Count) Entry(ReadOnlySpan<byte> sector, int place)
    {
        var entry = sector.Slice(446 + (place * 16), 16);
        return ($"0x{entry[4]:x2}", BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]), BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]));
    }

    internal static PartitionEntry Partition(int number, string type, uint signature, long first, long count) =>
        new(number, type, $"{signature:x8}-{number:x2}", "", first, first + count - 1);
}
