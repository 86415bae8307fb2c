namespace Allie.Slots;

public static partial class Superblock
{
    private static FileSystemFacts? Ext(ReadOnlySpan<byte> head)
    {
        const int At = 1024;
        if (head.Length < At + 264 || !Has(head, At + 56, [0x53, 0xEF]))
        {
            return null;
        }

        // Feature words as e2fsprogs' ext2_fs.h has them: what ext3 does not know makes it ext4.
        const uint JournalDevice = 0x8, Ext3Incompatible = 0x2 | 0x4 | 0x10, Ext3ReadOnly = 0x7, HasJournal = 0x4;
        var (compatible, incompatible, readOnly) = (Number(head, At + 92), Number(head, At + 96), Number(head, At + 100));
        var type = (incompatible & JournalDevice) != 0 ? "jbd"
            : (incompatible & ~Ext3Incompatible) != 0 || (readOnly & ~Ext3ReadOnly) != 0 ? "ext4"
            : (compatible & HasJournal) != 0 ? "ext3" : "ext2";
        return new(type, Text(head, At + 120, 16), Uuid(head, At + 104));
    }

    private static FileSystemFacts? Xfs(ReadOnlySpan<byte> head) =>
        head.Length >= 512 && Has(head, 0, "XFSB"u8) ? new("xfs", Text(head, 108, 12), Uuid(head, 32)) : null;

    private static FileSystemFacts? Btrfs(ReadOnlySpan<byte> head)
    {
        const int At = 65536;
        return head.Length >= At + 4096 && Has(head, At + 64, "_BHRfS_M"u8) ? new("btrfs", Text(head, At + 299, 256), Uuid(head, At + 32)) : null;
    }

    private static FileSystemFacts? F2fs(ReadOnlySpan<byte> head) =>
        head.Length >= 2048 && Has(head, 1024, [0x10, 0x20, 0xF5, 0xF2]) ? new("f2fs", "", Uuid(head, 1024 + 108)) : null;

    private static FileSystemFacts? Erofs(ReadOnlySpan<byte> head) => Has(head, 1024, [0xE2, 0xE1, 0xF5, 0xE0]) ? new("erofs", "", "") : null;

    private static FileSystemFacts? Squashfs(ReadOnlySpan<byte> head) => Has(head, 0, "hsqs"u8) ? new("squashfs", "", "") : null;

    private static FileSystemFacts? Jfs(ReadOnlySpan<byte> head) => Has(head, 32768, "JFS1"u8) ? new("jfs", "", "") : null;

    private static FileSystemFacts? Reiser(ReadOnlySpan<byte> head) => Has(head, 65536 + 52, "ReIsEr"u8) ? new("reiserfs", "", "") : null;

    private static FileSystemFacts? Iso(ReadOnlySpan<byte> head) =>
        head.Length >= 32768 + 2048 && Has(head, 32769, "CD001"u8) ? new("iso9660", Text(head, 32768 + 40, 32), "") : null;

    private static FileSystemFacts? Exfat(ReadOnlySpan<byte> head) => Has(head, 3, "EXFAT   "u8) ? new("exfat", "", "") : null;

    private static FileSystemFacts? Ntfs(ReadOnlySpan<byte> head) =>
        head.Length >= 512 && Has(head, 3, "NTFS    "u8)
            ? new("ntfs", "", $"{Number(head, 76):X8}{Number(head, 72):X8}")
            : null;

    private static FileSystemFacts? Fat(ReadOnlySpan<byte> head)
    {
        if (!Has(head, 510, [0x55, 0xAA]))
        {
            return null;
        }

        var (label, serial) = Has(head, 82, "FAT32"u8) ? (71, 67) : Has(head, 54, "FAT1"u8) ? (43, 39) : (0, 0);
        return label == 0 ? null : new("vfat", Text(head, label, 11), $"{Number(head, serial) >> 16:X4}-{Number(head, serial) & 0xFFFF:X4}");
    }

    /// <summary>A partition table inside the partition: somebody uses it as a disk (a virtual machine's, for example).</summary>
    private static FileSystemFacts? InnerTable(ReadOnlySpan<byte> head) =>
        Has(head, 512, "EFI PART"u8) || Has(head, 4096, "EFI PART"u8) ? new("gpt", "", "")
        : Fat(head) is null && MbrTable.Parse(head, _ => []) is { Count: > 0 } ? new("dos", "", "") : null;
}
