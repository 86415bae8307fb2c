namespace Allie.Slots;

public static partial class Superblock
{
    /// <summary>Types that are a part of something larger, or locked: never to be overwritten, whatever the user asks for.</summary>
    public static readonly IReadOnlySet<string> MemberTypes = new HashSet<string>
    {
        "LVM2_member", "linux_raid_member", "crypto_LUKS", "BitLocker", "zfs_member", "bcache", "jbd",
        "isw_raid_member", "ddf_raid_member", "drbd", "drbdproxy_datalog", "ceph_bluestore", "VMFS_volume_member", "VMFS", "stratis",
        "DM_snapshot_cow", "DM_verity_hash", "DM_integrity",
    };

    private static readonly byte[] StratisMagic = [.. "!Stra0tis"u8, 0x86, 0xFF, 0x02, (byte)'^', 0x41, (byte)'r', (byte)'h'];
    private static readonly byte[] DdfMagic = [0xDE, 0x11, 0xDE, 0x11];
    private static readonly byte[] RaidMagic = [0xFC, 0x4E, 0x2B, 0xA9];

    private static FileSystemFacts? Luks(ReadOnlySpan<byte> head) =>
        head.Length >= 512 && Has(head, 0, [(byte)'L', (byte)'U', (byte)'K', (byte)'S', 0xBA, 0xBE])
            ? new("crypto_LUKS", "", Text(head, 168, 40))
            : null;

    private static FileSystemFacts? Lvm(ReadOnlySpan<byte> head)
    {
        for (var at = 0; at < 4 * 512; at += 512)
        {
            if (Has(head, at, "LABELONE"u8) && Has(head, at + 24, "LVM2 001"u8))
            {
                return new("LVM2_member", "", "");
            }
        }

        return null;
    }

    /// <summary>Metadata 1.1 and 1.2; 0.90 and 1.0 are at the end (md(4)).</summary>
    private static FileSystemFacts? Raid(ReadOnlySpan<byte> head)
    {
        foreach (var at in (ReadOnlySpan<int>)[0, 4096])
        {
            if (head.Length >= at + 64 && Has(head, at, RaidMagic))
            {
                return new("linux_raid_member", Text(head, at + 32, 32), Uuid(head, at + 16));
            }
        }

        return null;
    }

    /// <summary>Somewhere in the last 128 KiB, on a sector boundary counted from the end.</summary>
    private static bool RaidAtEnd(ReadOnlySpan<byte> tail)
    {
        for (var at = tail.Length - 512; at >= 0; at -= 512)
        {
            if (Has(tail, at, RaidMagic))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Members whose signature is one string at one place from the start.</summary>
    private static FileSystemFacts? Labelled(ReadOnlySpan<byte> head) =>
        Has(head, 0, "bluestore block device"u8) ? new("ceph_bluestore", "", "")
        : Has(head, 0, "DRBDdlh*"u8) ? new("drbdproxy_datalog", "", "")
        : Has(head, 0, "SnAp"u8) ? new("DM_snapshot_cow", "", "")
        : Has(head, 0, "verity\0\0"u8) ? new("DM_verity_hash", "", "")
        : Has(head, 0, "integrt\0"u8) ? new("DM_integrity", "", "")
        : Has(head, 512 + 4, StratisMagic) ? new("stratis", "", "")
        : Has(head, 1 << 20, [0x0D, 0xD0, 0x01, 0xC0]) ? new("VMFS_volume_member", "", "")
        : Has(head, 2 << 20, [0x5E, 0xF1, 0xAB, 0x2F]) ? new("VMFS", "", "")
        : null;

    /// <summary>What lies at a fixed distance from the end: firmware RAID of Intel and of the DDF standard, DRBD's own data.</summary>
    private static FileSystemFacts? MemberAtEnd(ReadOnlySpan<byte> tail) =>
        Has(tail, tail.Length - (2 * 512), "Intel Raid ISM Cfg Sig. "u8) ? new("isw_raid_member", "", "")
        : Has(tail, tail.Length - 512, DdfMagic) || Has(tail, tail.Length - (257 * 512), DdfMagic) ? new("ddf_raid_member", "", "")
        : Has(tail, tail.Length - 4096 + 60, [0x83, 0x74, 0x02]) && tail[^(4096 - 63)] is 0x6B or 0x6C or 0x6D ? new("drbd", "", "")
        : null;

    private static FileSystemFacts? BitLocker(ReadOnlySpan<byte> head) => Has(head, 3, "-FVE-FS-"u8) ? new("BitLocker", "", "") : null;

    /// <summary>An uberblock in the first label: one a KiB from 128 KiB on, in either byte order.</summary>
    private static FileSystemFacts? Zfs(ReadOnlySpan<byte> head)
    {
        for (var at = 128 * 1024; at + 8 <= Math.Min(head.Length, ZfsLabelBytes); at += 1024)
        {
            if (Has(head, at, [0x0C, 0xB1, 0xBA, 0, 0, 0, 0, 0]) || Has(head, at, [0, 0, 0, 0, 0, 0xBA, 0xB1, 0x0C]))
            {
                return new("zfs_member", "", "");
            }
        }

        return null;
    }

    private static FileSystemFacts? Bcache(ReadOnlySpan<byte> head) =>
        Has(head, 4096 + 24, [0xC6, 0x85, 0x73, 0xF6, 0x4E, 0x1A, 0x45, 0xCA, 0x82, 0x65, 0xF5, 0x7F, 0x48, 0xBA, 0x6D, 0x81]) ? new("bcache", "", "") : null;

    /// <summary>The signature ends the first page, whose size is the machine's; a hibernated system is in it too (S1SUSPEND).</summary>
    private static FileSystemFacts? Swap(ReadOnlySpan<byte> head)
    {
        foreach (var page in (ReadOnlySpan<int>)[4096, 8192, 16384, 65536])
        {
            if (Has(head, page - 10, "SWAPSPACE2"u8) || Has(head, page - 10, "SWAP-SPACE"u8))
            {
                return new("swap", Text(head, 1024 + 28, 16), Uuid(head, 1024 + 12));
            }

            if (Has(head, page - 10, "S1SUSPEND"u8) || Has(head, page - 10, "S2SUSPEND"u8) || Has(head, page - 10, "ULSUSPEND"u8) || Has(head, page - 10, "LINHIB0001"u8))
            {
                return new("swsuspend", "", "");
            }
        }

        return null;
    }
}
