using System.Buffers.Binary;

namespace Allie.Slots;

/// <summary>
/// The four primary partitions of an MBR disk. Logical partitions are not read: a slot on an MBR disk must be a primary one.
/// </summary>
public static class MbrTable
{
    private const byte Protective = 0xEE;

    /// <summary>Null when the sector holds no MBR, or only the protective one of a GPT disk.</summary>
    public static IReadOnlyList<PartitionEntry>? Parse(ReadOnlySpan<byte> start)
    {
        if (start.Length < 512 || start[510] != 0x55 || start[511] != 0xAA)
        {
            return null;
        }

        var signature = BinaryPrimitives.ReadUInt32LittleEndian(start[440..]);
        var found = new List<PartitionEntry>();
        for (var number = 1; number <= 4; number++)
        {
            var entry = start.Slice(446 + ((number - 1) * 16), 16);
            if (entry[0] is not (0 or 0x80) || entry[4] == Protective)
            {
                return null; // a boot sector of a file system that ends in the same two bytes, or GPT
            }

            var first = BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]);
            var count = BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]);
            if (entry[4] != 0 && count > 0)
            {
                found.Add(new(number, $"0x{entry[4]:x2}", $"{signature:x8}-{number:x2}", "", first, (long)first + count - 1));
            }
        }

        return found;
    }
}
