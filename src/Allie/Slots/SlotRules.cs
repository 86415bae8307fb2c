namespace Allie.Slots;

/// <summary>
/// The refusals: why a partition is not formatted, each by its rule's number. All that hold are given, not only the first, so that
/// one look tells everything that must be mended.
/// </summary>
public static class SlotRules
{
    private delegate SlotRefusal? Rule(SlotFacts facts, SlotNeeds needs);

    private static readonly Rule[] Rules =
    [
        RunningRoot, Mounted, Swap, Held, Member, WrongKindOfDevice, ReadOnly, Undeclared, Ambiguous, WrongType, ManySignatures, Foreign,
        NamedElsewhere, BootLoader, Fallback, TooSmall, Hibernated, StaleTable,
    ];

    /// <summary>What can change between the plan and the writing: looked at again with the device held open.</summary>
    private static readonly Rule[] Races = [RunningRoot, Mounted, Swap, Held, Member, WrongKindOfDevice, ReadOnly, Ambiguous, BootLoader, Fallback, Hibernated, StaleTable];

    public static IReadOnlyList<SlotRefusal> Refusals(SlotFacts facts, SlotNeeds needs) => Collect(Rules, facts, needs);

    public static IReadOnlyList<SlotRefusal> RefusalsOfRace(SlotFacts facts, SlotNeeds needs) => Collect(Races, facts, needs);

    private static List<SlotRefusal> Collect(Rule[] rules, SlotFacts facts, SlotNeeds needs) =>
        [.. rules.Select(rule => rule(facts, needs)).OfType<SlotRefusal>()];

    private static SlotRefusal? RunningRoot(SlotFacts f, SlotNeeds n) =>
        f.IsRunningRoot ? new("R1", "is the running root", "a running system is never overwritten; use another slot") : null;

    private static SlotRefusal? Mounted(SlotFacts f, SlotNeeds n) =>
        f.MountedAt.Count > 0 ? new("R2", "is mounted at " + string.Join(", ", f.MountedAt), $"umount {f.DevicePath}") : null;

    private static SlotRefusal? Swap(SlotFacts f, SlotNeeds n) =>
        f.IsActiveSwap ? new("R3", "is in use as swap", "use another partition; a swap partition is no slot")
        : f.Signatures.Any(s => s.Type == "swap") ? new("R3", "holds a swap area", $"if it is not needed: wipefs -a {f.DevicePath}")
        : f.Signatures.Any(s => s.Type == "swsuspend") ? new("R3", "holds a hibernated system", "wake that system and shut it down")
        : null;

    private static SlotRefusal? Held(SlotFacts f, SlotNeeds n) =>
        f.Holders.Count > 0 ? new("R4", "is a part of " + string.Join(", ", f.Holders), "it belongs to LVM, RAID, encryption or multipath; use another partition") : null;

    private static SlotRefusal? Member(SlotFacts f, SlotNeeds n) =>
        f.Signatures.FirstOrDefault(s => Superblock.MemberTypes.Contains(s.Type)) is { } member
            ? new("R5", $"holds {member.Type}", "it is a part of something larger or encrypted; use another partition, or wipe it with that system's own tool")
            : null;

    private static SlotRefusal? WrongKindOfDevice(SlotFacts f, SlotNeeds n) =>
        f.IsWholeDisk ? new("R6", "is a whole disk", "a slot is one partition")
        : f.IsLoopOrMemory && !n.AllowLoopDevices ? new("R6", "is on a loop, memory or optical device", "for tests and labs: [safety] allow-loop-devices = true")
        : f.IsRemovable && !n.AllowLoopDevices ? new("R6", "is on a removable disk", "a slot is on a disk that stays in the PC")
        : null;

    private static SlotRefusal? ReadOnly(SlotFacts f, SlotNeeds n) =>
        f.IsReadOnly ? new("R7", "is read-only", $"look at: blockdev --getro {f.DevicePath}") : null;

    private static SlotRefusal? Undeclared(SlotFacts f, SlotNeeds n) =>
        f.DeclaredBy == SlotDeclaration.None
            ? new("R8", "is not declared as a slot", "name the GPT partition allie-NAME (sfdisk --part-label), or put its PARTUUID under [slots.NAME] in allie.toml")
            : null;

    private static SlotRefusal? Ambiguous(SlotFacts f, SlotNeeds n) =>
        f.Duplicates.Count > 0
            ? new("R9", $"is declared more than once: {f.DevicePath}, {string.Join(", ", f.Duplicates)}", "is a cloned disk attached? remove it, or rename one of the partitions")
            : null;

    private static SlotRefusal? WrongType(SlotFacts f, SlotNeeds n) =>
        !f.IsWholeDisk && !PartitionType.IsAccepted(f.TypeId)
            ? new("R10", $"has the partition type '{PartitionType.Describe(f.TypeId)}'", "a slot has the type Linux data or Linux root (sfdisk --part-type)")
            : null;

    private static SlotRefusal? ManySignatures(SlotFacts f, SlotNeeds n) =>
        f.Signatures.Count > 1
            ? new("R11", "holds more than one signature: " + string.Join(", ", f.Signatures.Select(s => s.Type)), $"look at: wipefs {f.DevicePath}; if nothing is needed: wipefs -a {f.DevicePath}")
            : null;

    private static SlotRefusal? Foreign(SlotFacts f, SlotNeeds n)
    {
        if (f.FileSystem is not { } fs || f.IsOurs || IsGivenUp(fs, n) || Superblock.MemberTypes.Contains(fs.Type)) // R5's, which no option overrides
        {
            return null;
        }

        var hint = fs.Uuid.Length > 0 ? $"if nothing on it is needed: --reuse-fs UUID={fs.Uuid}" : $"if nothing on it is needed: wipefs -a {f.DevicePath}";
        return new("R12", $"holds a file system that is not ours ({fs})", hint);
    }

    private static bool IsGivenUp(FileSystemFacts fs, SlotNeeds needs) =>
        fs.Uuid.Length > 0 && string.Equals(needs.ReuseFsUuid, fs.Uuid, StringComparison.OrdinalIgnoreCase);

    private static SlotRefusal? NamedElsewhere(SlotFacts f, SlotNeeds n) =>
        f.NamedAsData.Count > 0
            ? new("R13", "is named as data: " + string.Join(", ", f.NamedAsData), "somebody's files are on it, or were meant to be; use another slot, or remove those lines")
            : null;

    private static SlotRefusal? BootLoader(SlotFacts f, SlotNeeds n) =>
        f.BootLoader is { } why ? new("R14", $"holds the boot loader ({why})", "formatting it would leave the PC without a boot menu; use another slot, or move the boot loader first")
        : f.IsDefault && !f.IsRunningRoot ? new("R14", "is what this PC boots by default", "commit another image first (allie commit in it), or use another slot")
        : null;

    private static SlotRefusal? Fallback(SlotFacts f, SlotNeeds n) =>
        f is { TryUnderWay: true, IsRunningRoot: false, IsBlank: false }
            ? new("R15", "may be what this PC falls back to: the running image is on trial", "commit the running image first (allie commit), or go back to the old one")
            : null;

    private static SlotRefusal? TooSmall(SlotFacts f, SlotNeeds n) =>
        n.Bytes > f.SizeBytes ? new("R16", $"is too small: {f.SizeBytes >> 20} MiB, {n.Bytes >> 20} MiB are needed", "use a larger partition")
        : n.Entries > 0 && n.Entries > InodesOf(f.SizeBytes) ? new("R16", $"is too small for {n.Entries} files: ext4 makes {InodesOf(f.SizeBytes)} inodes on it", "use a larger partition")
        : null;

    /// <summary>mke2fs.conf: one for 16 KiB, for 4 KiB on a small file system; some are the file system's own.</summary>
    private static long InodesOf(long bytes) => (bytes / (bytes < 512L << 20 ? 4096 : 16384)) - 16;

    private static SlotRefusal? Hibernated(SlotFacts f, SlotNeeds n) =>
        f.Hibernated is { } where && f.Signatures.All(s => s.Type != "swsuspend")
            ? new("R17", $"may be in use by a hibernated system ({where})", "wake that system and shut it down")
            : null;

    private static SlotRefusal? StaleTable(SlotFacts f, SlotNeeds n) =>
        f.DiskErrors is { } errors ? new("R18", $"is on a disk that may be failing: {errors}", "look at: dmesg, smartctl -a DISK; after a restart without errors it is not refused") :
        f.StaleTable is { } how ? new("R18", $"is not what the partition table says: {how}", "the table was changed while the disk was in use: partx -u DISK, or restart") : null;
}
