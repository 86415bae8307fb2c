namespace Allie.Boot.Moving;

/// <summary>state/boot-home.json: a move of the boot loader's files to another partition, written before the first change and kept so that it can be undone.</summary>
public sealed record BootHomeMove
{
    public int Schema { get; init; } = 1;

    /// <summary>As on the kernel line: allie.home=grub:PARTUUID:PATH.</summary>
    public required string From { get; init; }

    public required string To { get; init; }

    /// <summary>Everything is at the new place, and the boot loader reads it there.</summary>
    public bool Done { get; init; }

    public IReadOnlyList<DiskSwitch> Disks { get; init; } = [];

    public IReadOnlyList<StubSwitch> Stubs { get; init; } = [];

    /// <summary>Files of the old place by name, one byte per char; null: no such file.</summary>
    public required IReadOnlyDictionary<string, string?> Old { get; init; }

    /// <summary>Files of the new place before the move.</summary>
    public required IReadOnlyDictionary<string, string?> Before { get; init; }

    /// <summary>Files of the new place as the move wrote them; what is something else by now was changed since.</summary>
    public required IReadOnlyDictionary<string, string?> Written { get; init; }

    /// <summary>The new place had no GRUB directory: it goes again.</summary>
    public required bool MadeDirectory { get; init; }
}

/// <summary>A BIOS disk whose boot sector starts GRUB.</summary>
/// <param name="OldCore">First sector of the core image that reads the old place.</param>
/// <param name="NewCore">Of the one that reads the new place.</param>
/// <param name="Sectors">Of the new one.</param>
/// <param name="WasBlank">There were only zeros.</param>
/// <param name="BootSector">The whole sector before the move, base64, for a rescue by hand.</param>
public sealed record DiskSwitch(string Disk, long OldCore, long NewCore, int Sectors, bool WasBlank, string BootSector);

/// <summary>EFI/NAME/grub.cfg on an EFI system partition, which leads GRUB to its files.</summary>
public sealed record StubSwitch(string EspPartUuid, string Path, string Old, string New);
