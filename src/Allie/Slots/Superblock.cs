using System.Buffers.Binary;
using System.Text;

namespace Allie.Slots;

/// <summary>
/// Recognises what a partition holds from its bytes, enough to refuse what is not ours: offsets are those of the formats themselves, as
/// libblkid has them. Every signature found is given: two at once mean data that nobody understands.
/// </summary>
public static partial class Superblock
{
    /// <summary>Bytes wanted from the start: that of VMFS is behind 2 MiB.</summary>
    public const int HeadBytes = (2 << 20) + 4096;

    /// <summary>Bytes wanted from the end: RAID superblocks 0.90 and 1.0 lie there, that of DDF up to 257 sectors before it.</summary>
    public const int TailBytes = 132 * 1024;

    private const int ZfsLabelBytes = 256 * 1024;

    private delegate FileSystemFacts? Reader(ReadOnlySpan<byte> head);

    private static readonly Reader[] Readers =
    [
        Luks, Lvm, Raid, BitLocker, Zfs, Bcache, Labelled, Swap,
        Ext, Xfs, Btrfs, F2fs, Erofs, Squashfs, Jfs, Reiser, Iso, Exfat, Ntfs, Fat, InnerTable,
    ];

    /// <summary>Empty for a blank partition. A short span is fine: what is not there is not found.</summary>
    public static IReadOnlyList<FileSystemFacts> Probe(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail = default)
    {
        var found = new List<FileSystemFacts>();
        foreach (var reader in Readers)
        {
            if (reader(head) is { } facts)
            {
                found.Add(facts);
            }
        }

        if (found.All(f => f.Type != "linux_raid_member") && RaidAtEnd(tail))
        {
            found.Add(new("linux_raid_member", "", ""));
        }

        if (MemberAtEnd(tail) is { } member)
        {
            found.Add(member);
        }

        return found;
    }

    private static bool Has(ReadOnlySpan<byte> bytes, int at, ReadOnlySpan<byte> magic) =>
        at >= 0 && at + magic.Length <= bytes.Length && bytes.Slice(at, magic.Length).SequenceEqual(magic);

    private static uint Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static string Text(ReadOnlySpan<byte> bytes, int at, int length)
    {
        var field = bytes.Slice(at, length);
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]).TrimEnd();
    }

    private static string Uuid(ReadOnlySpan<byte> bytes, int at) => new Guid(bytes.Slice(at, 16), bigEndian: true).ToString();
}
