namespace Allie.Slots;

/// <summary>
/// The logical partitions of an MBR disk: a chain of sectors, each with one of them and the place of the next link. Numbered from 5 in the order of the
/// chain, as the kernel does (block/partitions/msdos.c), so that sda7 and PARTUUID ...-07 are the same here and there.
/// </summary>
internal static class LogicalPartitions
{
    /// <summary>More links than any disk has; a chain in a circle ends here, as in the kernel.</summary>
    private const int MostLinks = 100;

    /// <param name="primary">As <see cref="MbrTable"/> reads them; the extended ones among them are followed.</param>
    /// <param name="signature">The first half of each PARTUUID.</param>
    /// <param name="readSector">The sector of that number; empty when it cannot be read. Then what lies behind is not known.</param>
    internal static IEnumerable<PartitionEntry> Of(IReadOnlyList<PartitionEntry> primary, uint signature, Func<long, byte[]> readSector)
    {
        var number = 5;
        foreach (var extended in primary.Where(p => IsExtended(p.TypeId)))
        {
            long? link = extended.FirstSector;
            for (var links = 0; link is { } at && links < MostLinks; links++)
            {
                var sector = readSector(at);
                link = null;
                if (!MbrTable.HasMark(sector))
                {
                    break;
                }

                for (var place = 0; place < 4; place++)
                {
                    var (type, first, count) = MbrTable.Entry(sector, place);
                    if (count == 0)
                    {
                        continue;
                    }

                    if (IsExtended(type))
                    {
                        link ??= extended.FirstSector + first; // links count from the extended partition, partitions from their own link
                    }
                    else if (at + first + count - 1 <= extended.LastSector)
                    {
                        yield return MbrTable.Partition(number++, type, signature, at + first, count);
                    }
                }
            }
        }
    }

    private static bool IsExtended(string type) => type is "0x05" or "0x0f" or "0x85";
}
