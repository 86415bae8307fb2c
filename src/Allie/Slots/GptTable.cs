using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Allie.Slots;

/// <summary>
/// A GUID partition table (UEFI specification 2.10, section 5.3). Both checksums must hold; when the primary is damaged the backup at
/// the end of the disk counts, as it does for the kernel with "gpt" and for every partitioning tool.
/// </summary>
public static class GptTable
{
    private const int LeastHeaderBytes = 92;
    private const int MostEntries = 1024;

    /// <summary>Null when neither end holds a sound table.</summary>
    public static IReadOnlyList<PartitionEntry>? Parse(ReadOnlySpan<byte> start, ReadOnlySpan<byte> end, int sectorSize)
    {
        if (start.Length >= 2 * sectorSize && ParseHeader(start, sectorSize, 0, sectorSize) is { } primary)
        {
            return primary;
        }

        if (end.Length < sectorSize)
        {
            return null;
        }

        var header = end.Length - sectorSize;
        var firstSector = BinaryPrimitives.ReadInt64LittleEndian(end[(header + 24)..]) - (header / sectorSize);
        return ParseHeader(end, header, firstSector, sectorSize);
    }

    /// <param name="bytes">A piece of the disk that begins at sector <paramref name="firstSector"/>.</param>
    /// <param name="at">Where in it the header is.</param>
    private static List<PartitionEntry>? ParseHeader(ReadOnlySpan<byte> bytes, int at, long firstSector, int sectorSize)
    {
        var header = bytes.Slice(at, sectorSize);
        var size = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
        if (!header.StartsWith("EFI PART"u8) || size < LeastHeaderBytes || size > sectorSize || !HeaderSumHolds(header[..size]))
        {
            return null;
        }

        var offset = (BinaryPrimitives.ReadInt64LittleEndian(header[72..]) - firstSector) * sectorSize;
        var count = BinaryPrimitives.ReadInt32LittleEndian(header[80..]);
        var entrySize = BinaryPrimitives.ReadInt32LittleEndian(header[84..]);
        if (count is < 0 or > MostEntries || entrySize is < 128 or > 4096 || offset < 0 || offset + ((long)count * entrySize) > bytes.Length)
        {
            return null;
        }

        var entries = bytes.Slice((int)offset, count * entrySize);
        return Crc32.HashToUInt32(entries) == BinaryPrimitives.ReadUInt32LittleEndian(header[88..]) ? ParseEntries(entries, entrySize) : null;
    }

    /// <summary>The sum is taken with its own four bytes as zero.</summary>
    private static bool HeaderSumHolds(ReadOnlySpan<byte> header)
    {
        var copy = header.ToArray();
        copy.AsSpan(16, 4).Clear();
        return Crc32.HashToUInt32(copy) == BinaryPrimitives.ReadUInt32LittleEndian(header[16..]);
    }

    private static List<PartitionEntry> ParseEntries(ReadOnlySpan<byte> entries, int entrySize)
    {
        var found = new List<PartitionEntry>();
        for (var i = 0; i * entrySize < entries.Length; i++)
        {
            var entry = entries.Slice(i * entrySize, entrySize);
            var type = new Guid(entry[..16]);
            if (type != Guid.Empty)
            {
                found.Add(new(
                    i + 1, type.ToString(), new Guid(entry[16..32]).ToString(), Encoding.Unicode.GetString(entry[56..128]).Split('\0')[0],
                    BinaryPrimitives.ReadInt64LittleEndian(entry[32..]), BinaryPrimitives.ReadInt64LittleEndian(entry[40..])));
            }
        }

        return found;
    }
}
