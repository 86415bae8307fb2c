using System.Buffers.Binary;
using System.Text.RegularExpressions;

namespace Allie.Boot.Grub;

/// <summary>What a disk's first sector and an EFI stub tell of where GRUB reads from.</summary>
public static partial class GrubBootSector
{
    private const int SectorField = 0x5C; // GRUB_BOOT_MACHINE_KERNEL_SECTOR of its boot.S

    /// <summary>The first kilobyte of core.img is changed when it is put on a disk (block lists); the rest is the file's, word for word.</summary>
    public const int Changed = 1024;

    /// <summary>The sector where GRUB's core image begins; null when the boot sector is not GRUB's.</summary>
    public static long? CoreSector(ReadOnlySpan<byte> sector) =>
        sector.Length >= 512 && sector[510] == 0x55 && sector[511] == 0xAA && sector[..440].IndexOf("GRUB "u8) > 0
        && BinaryPrimitives.ReadInt64LittleEndian(sector[SectorField..]) is var at and > 0 and < 1 << 24
            ? at
            : null;

    /// <summary>The same boot sector, starting another core image: one sector, so a power cut leaves the one or the other.</summary>
    public static byte[] Starting(ReadOnlySpan<byte> sector, long core)
    {
        var changed = sector.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(changed.AsSpan(SectorField), core);
        return changed;
    }

    /// <summary>"search.fs_uuid UUID root" of EFI/debian/grub.cfg (grub-install), or "search --fs-uuid ... UUID" (Fedora); null without.</summary>
    public static string? FsUuid(string stub) => Search().Match(stub) is { Success: true } found ? found.Groups[1].Value.ToLowerInvariant() : null;

    [GeneratedRegex(@"^\s*search(?:\.fs_uuid|\s[^\n]*--fs-uuid)\b[^\n]*?\s([0-9a-fA-F]{4,8}-[0-9a-fA-F-]{4,30})", RegexOptions.Multiline)]
    private static partial Regex Search();
}
