namespace Allie.Slots;

/// <summary>The partitions of one disk, from its own bytes: no udev, no /dev/disk links, no kernel support for the table needed.</summary>
public static class PartitionTable
{
    /// <summary>How much of each end of the disk <see cref="Parse"/> wants: header and entries also with 4096-byte sectors.</summary>
    public const int BytesOfEachEnd = 64 * 1024;

    /// <summary>GPT where there is one, else MBR; empty when the disk has neither.</summary>
    /// <param name="start">The first bytes of the disk.</param>
    /// <param name="end">The last bytes of the disk; holds the backup GPT.</param>
    /// <param name="sectorSize">The logical sector size in bytes.</param>
    /// <param name="readSector">Another sector by its number, for logical partitions; empty when it cannot be read.</param>
    public static IReadOnlyList<PartitionEntry> Parse(ReadOnlySpan<byte> start, ReadOnlySpan<byte> end, int sectorSize, Func<long, byte[]> readSector) =>
        GptTable.Parse(start, end, sectorSize) ?? MbrTable.Parse(start, readSector) ?? [];
}
