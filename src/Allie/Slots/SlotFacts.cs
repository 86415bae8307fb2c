namespace Allie.Slots;

/// <summary>Everything about one slot (or one named device) that the rules of <see cref="SlotRules"/> look at, as found on this PC.</summary>
public sealed record SlotFacts
{
    /// <summary>"b"; the kernel's name of the device when it is not declared.</summary>
    public required string Name { get; init; }

    /// <summary>/dev/sda3</summary>
    public required string DevicePath { get; init; }

    /// <summary>"8:3", as in mountinfo and sysfs.</summary>
    public required string DeviceNumber { get; init; }

    public required long SizeBytes { get; init; }

    public SlotDeclaration DeclaredBy { get; init; }

    /// <summary>Empty for a whole disk.</summary>
    public string PartUuid { get; init; } = "";

    public string PartName { get; init; } = "";

    /// <summary>GPT type GUID in lower case, or "0x83" on an MBR disk; empty when the table could not be read.</summary>
    public string TypeId { get; init; } = "";

    /// <summary>Partition number in the table; 0 for a whole disk.</summary>
    public int Number { get; init; }

    /// <summary>Every signature found, in order of weight; empty is blank.</summary>
    public IReadOnlyList<FileSystemFacts> Signatures { get; init; } = [];

    public FileSystemFacts? FileSystem => Signatures.Count > 0 ? Signatures[0] : null;

    public bool IsRunningRoot { get; init; }

    /// <summary>Mount points in any mount namespace that can be seen.</summary>
    public IReadOnlyList<string> MountedAt { get; init; } = [];

    /// <summary>Where this process's own mount namespace has it; null when it has not.</summary>
    public string? MountedHere { get; init; }

    /// <summary>In use as swap now.</summary>
    public bool IsActiveSwap { get; init; }

    /// <summary>Kernel names of what is built on it: dm-0, md1.</summary>
    public IReadOnlyList<string> Holders { get; init; } = [];

    public bool IsReadOnly { get; init; }

    public bool IsWholeDisk { get; init; }

    public bool IsRemovable { get; init; }

    /// <summary>On a loop, RAM or optical device.</summary>
    public bool IsLoopOrMemory { get; init; }

    /// <summary>Other devices that the same name or PARTUUID means: a cloned disk.</summary>
    public IReadOnlyList<string> Duplicates { get; init; } = [];

    /// <summary>Why it is taken for the boot loader's home; null when it is not.</summary>
    public string? BootLoader { get; init; }

    /// <summary>The PC boots this slot when nobody chooses otherwise: it was committed.</summary>
    public bool IsDefault { get; init; }

    /// <summary>The running image was started for a try and is not confirmed: any other may be what the PC falls back to.</summary>
    public bool TryUnderWay { get; init; }

    /// <summary>Lines of /etc/fstab and /etc/crypttab, of the running system and of other slots, that name this partition as data.</summary>
    public IReadOnlyList<string> NamedAsData { get; init; } = [];

    /// <summary>Where a hibernated system of this PC lies; null when there is none, or this is the device of resume= itself.</summary>
    public string? Hibernated { get; init; }

    /// <summary>How the kernel's view of the partition differs from the table on the disk; null when they agree.</summary>
    public string? StaleTable { get; init; }

    /// <summary>What the kernel's log tells of errors of the disk; null when nothing.</summary>
    public string? DiskErrors { get; init; }

    /// <summary>A file system that we made: nothing of anybody else's is lost by formatting it.</summary>
    public bool IsOurs => FileSystem is { } fs && AllieUuid.IsOurs(fs.Uuid);

    /// <summary>What only a look inside tells.</summary>
    public SlotFacts With(SlotContent content) => this with { BootLoader = BootLoader ?? content.BootLoader };

    public bool IsBlank => Signatures.Count == 0;
}
