using System.Text;
using Allie.Slots;
using CsCheck;
using Xunit;

namespace Allie.Tests.Slots;

public class SuperblockTests
{
    public static TheoryData<string, int, byte[]> Magics => new()
    {
        { "xfs", 0, "XFSB"u8.ToArray() },
        { "btrfs", 65536 + 64, "_BHRfS_M"u8.ToArray() },
        { "swap", 4086, "SWAPSPACE2"u8.ToArray() },
        { "swap", 65526, "SWAPSPACE2"u8.ToArray() },
        { "swsuspend", 4086, "S1SUSPEND"u8.ToArray() },
        { "LVM2_member", 512, [.. "LABELONE"u8, .. new byte[16], .. "LVM2 001"u8] },
        { "crypto_LUKS", 0, [.. "LUKS"u8, 0xBA, 0xBE] },
        { "linux_raid_member", 4096, [0xFC, 0x4E, 0x2B, 0xA9] },
        { "linux_raid_member", 0, [0xFC, 0x4E, 0x2B, 0xA9] },
        { "BitLocker", 3, "-FVE-FS-"u8.ToArray() },
        { "zfs_member", (128 + 5) * 1024, [0x0C, 0xB1, 0xBA, 0, 0, 0, 0, 0] },
        { "bcache", 4096 + 24, [0xC6, 0x85, 0x73, 0xF6, 0x4E, 0x1A, 0x45, 0xCA, 0x82, 0x65, 0xF5, 0x7F, 0x48, 0xBA, 0x6D, 0x81] },
        { "ceph_bluestore", 0, "bluestore block device"u8.ToArray() },
        { "drbdproxy_datalog", 0, "DRBDdlh*"u8.ToArray() },
        { "DM_snapshot_cow", 0, "SnAp"u8.ToArray() },
        { "DM_verity_hash", 0, "verity\0\0"u8.ToArray() },
        { "DM_integrity", 0, "integrt\0"u8.ToArray() },
        { "stratis", 516, [.. "!Stra0tis"u8, 0x86, 0xFF, 0x02, 0x5E, 0x41, 0x72, 0x68] },
        { "VMFS_volume_member", 1 << 20, [0x0D, 0xD0, 0x01, 0xC0] },
        { "VMFS", 2 << 20, [0x5E, 0xF1, 0xAB, 0x2F] },
        { "ntfs", 3, "NTFS    "u8.ToArray() },
        { "exfat", 3, "EXFAT   "u8.ToArray() },
        { "vfat", 82, [.. "FAT32"u8, .. new byte[510 - 87], 0x55, 0xAA] },
        { "iso9660", 32769, "CD001"u8.ToArray() },
        { "squashfs", 0, "hsqs"u8.ToArray() },
        { "erofs", 1024, [0xE2, 0xE1, 0xF5, 0xE0] },
        { "f2fs", 1024, [0x10, 0x20, 0xF5, 0xF2] },
        { "gpt", 512, "EFI PART"u8.ToArray() },
    };

    [Theory]
    [MemberData(nameof(Magics))]
    public void A_signature_is_known_at_its_place(string type, int at, byte[] magic)
    {
        Assert.Equal(type, Assert.Single(Superblock.Probe(With(at, magic))).Type);
    }

    [Theory]
    [MemberData(nameof(Magics))]
    public void The_same_bytes_elsewhere_are_no_signature(string type, int at, byte[] magic)
    {
        Assert.DoesNotContain(type, Superblock.Probe(With(at + 7, magic)).Select(f => f.Type));
    }

    [Theory]
    [InlineData(0x4, 0x2, 0x3, "ext3")]
    [InlineData(0, 0x2, 0x3, "ext2")]
    [InlineData(0x4, 0x2 | 0x40, 0x3, "ext4")]
    [InlineData(0x4, 0x2, 0x403, "ext4")]
    [InlineData(0, 0x8, 0, "jbd")]
    public void Ext_versions_are_told_apart_by_their_features(byte compatible, byte incompatible, short readOnly, string type)
    {
        var head = With(1024 + 56, [0x53, 0xEF]);
        head[1024 + 92] = compatible;
        head[1024 + 96] = incompatible;
        BitConverter.GetBytes(readOnly).CopyTo(head, 1024 + 100);
        Encoding.UTF8.GetBytes("deb13").CopyTo(head, 1024 + 120);

        var facts = Assert.Single(Superblock.Probe(head));

        Assert.Equal((type, "deb13"), (facts.Type, facts.Label));
    }

    [Fact]
    public void Raid_metadata_at_the_end_is_seen()
    {
        var tail = new byte[Superblock.TailBytes];
        new byte[] { 0xFC, 0x4E, 0x2B, 0xA9 }.CopyTo(tail, tail.Length - 65536);

        Assert.Equal("linux_raid_member", Assert.Single(Superblock.Probe(new byte[4096], tail)).Type);
    }

    /// <summary>Counted from the end of the partition.</summary>
    public static TheoryData<string, int, byte[]> AtTheEnd => new()
    {
        { "isw_raid_member", 1024, "Intel Raid ISM Cfg Sig. "u8.ToArray() },
        { "ddf_raid_member", 512, [0xDE, 0x11, 0xDE, 0x11] },
        { "ddf_raid_member", 257 * 512, [0xDE, 0x11, 0xDE, 0x11] },
        { "drbd", 4096 - 60, [0x83, 0x74, 0x02, 0x6B] },
        { "drbd", 4096 - 60, [0x83, 0x74, 0x02, 0x6D] },
    };

    [Theory]
    [MemberData(nameof(AtTheEnd))]
    public void A_signature_at_the_end_is_known_at_its_place_alone_and_makes_a_member(string type, int fromEnd, byte[] magic)
    {
        var tail = new byte[Superblock.TailBytes];
        magic.CopyTo(tail, tail.Length - fromEnd);
        Assert.Equal(type, Assert.Single(Superblock.Probe(new byte[4096], tail)).Type);
        Assert.Contains(type, Superblock.MemberTypes);

        tail = new byte[Superblock.TailBytes];
        magic.CopyTo(tail, tail.Length - fromEnd - 8);
        Assert.Empty(Superblock.Probe(new byte[4096], tail));
    }

    [Fact]
    public void Another_word_of_drbd_is_none_of_its_marks()
    {
        var tail = new byte[Superblock.TailBytes];
        new byte[] { 0x83, 0x74, 0x02, 0x6A }.CopyTo(tail, tail.Length - 4036);

        Assert.Empty(Superblock.Probe(new byte[4096], tail));
    }

    [Fact]
    public void Two_signatures_are_both_told()
    {
        var head = With(0, "XFSB"u8.ToArray());
        "SWAPSPACE2"u8.CopyTo(head.AsSpan(4086));

        Assert.Equal(["swap", "xfs"], Superblock.Probe(head).Select(f => f.Type));
    }

    [Fact]
    public void A_blank_partition_holds_nothing() => Assert.Empty(Superblock.Probe(new byte[Superblock.HeadBytes], new byte[Superblock.TailBytes]));

    [Fact]
    public void No_bytes_of_any_length_throw() => Gen.Byte.Array[0, 70000].Sample(bytes => _ = Superblock.Probe(bytes, bytes));

    private static byte[] With(int at, byte[] magic)
    {
        var head = new byte[Superblock.HeadBytes];
        magic.CopyTo(head, at);
        return head;
    }
}
