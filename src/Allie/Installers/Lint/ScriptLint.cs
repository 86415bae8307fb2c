using System.Text.RegularExpressions;

namespace Allie.Installers.Lint;

/// <summary>
/// What a script of an installer's file would do to a disk behind the installer's back. A literal whole disk and a boot loader are faults; a device that
/// only the run knows is worth a look.
/// </summary>
internal static partial class ScriptLint
{
    /// <summary>Each writes to the devices that it is given.</summary>
    private static readonly string[] Always = ["mke2fs", "mkswap", "mkdosfs", "mkntfs", "blkdiscard", "shred", "cfdisk", "gdisk"];

    /// <summary>These write unless an option makes them only tell.</summary>
    private static readonly Dictionary<string, string[]> Tells = new()
    {
        ["sfdisk"] = ["-d", "--dump", "-l", "--list", "-J", "--json", "-s", "--show-size", "-F", "--list-free", "-V", "--verify", "-T", "--list-types"],
        ["fdisk"] = ["-l", "--list", "-s", "--getsz", "-x", "--list-details"],
        ["sgdisk"] = ["-p", "--print", "-i", "--info", "-v", "--verify", "-b", "--backup", "-O", "--print-mbr"],
    };

    /// <summary>These write only with one of the words.</summary>
    private static readonly Dictionary<string, string[]> Writes = new()
    {
        ["wipefs"] = ["-a", "-af", "-fa", "--all", "-o", "--offset"], ["badblocks"] = ["-w"], ["cryptsetup"] = ["luksFormat", "luksErase", "erase"], ["nvme"] = ["format", "sanitize"],
        ["hdparm"] = ["--security-erase", "--security-erase-enhanced", "--trim-sector-ranges"], ["mdadm"] = ["--create", "-C", "--zero-superblock"], ["zpool"] = ["create", "destroy", "labelclear"],
        ["parted"] = ["mklabel", "mktable", "mkpart", "mkpartfs", "rm", "resizepart", "resize", "rescue", "set", "toggle", "name", "type", "disk_set"],
    };

    private static readonly string[] Volumes = ["pvcreate", "pvremove", "vgcreate", "vgremove", "vgreduce", "lvcreate", "lvremove"];

    private static readonly string[] FirmwareOptions = ["-c", "--create", "-C", "--create-only", "-o", "--bootorder", "-B", "--delete-bootnum", "-n", "--bootnext", "-O", "--delete-bootorder"];

    /// <param name="first">The line of the file that the script's first is.</param>
    public static IEnumerable<InstallerFinding> Check(IEnumerable<ShellCommand> commands, int first) =>
        from command in commands
        from finding in Check(command)
        select finding with { Line = first + command.Line - 1 };

    private static IEnumerable<InstallerFinding> Check(ShellCommand command)
    {
        if (command.Name is "grub-install" or "grub2-install" or "lilo" or "extlinux" || (command.Name == "bootctl" && command.Has("install", "update")))
        {
            return [new(0, "bootloader", $"{command.Name} writes a boot loader over the one of the PC", "take it out; allie makes the slot bootable by the PC's own")];
        }

        if (command.Name == "efibootmgr" && command.Has(FirmwareOptions))
        {
            return [new(0, "nvram", "efibootmgr changes the firmware's boot order", "take it out; the PC goes on starting by its own boot loader", IsError: false)];
        }

        var devices = Devices(command).ToList();
        return devices.Where(WholeDisk.Is).Select(WholeDisk.Finding) is var disks && disks.Any() ? disks
            : devices.Count > 0 ? [new(0, "script-writes", $"'{command.Name} {devices[0]}' in a script writes to a disk, and no rule of the installer holds for it", "the slot is formatted by the installer itself; else be sure that it is the slot, on every PC", IsError: false)]
            : [];
    }

    /// <summary>Which devices it writes to; of a variable nobody knows, so it counts.</summary>
    private static IEnumerable<string> Devices(ShellCommand command)
    {
        var plain = command.Arguments.Where(a => !a.StartsWith('-'));
        var given = command.Name == "dd" ? command.Arguments.Where(a => a.StartsWith("of=", StringComparison.Ordinal)).Select(a => a[3..])
            : Formats(command) ? plain
            : [];
        return command.Targets.Where(t => t.StartsWith("/dev/", StringComparison.Ordinal)).Concat(given).Where(IsDisk)
            .Concat(Volumes.Contains(command.Name) ? plain.Take(1) : []);
    }

    private static bool Formats(ShellCommand command) =>
        Always.Contains(command.Name) || command.Name.StartsWith("mkfs", StringComparison.Ordinal)
        || (Tells.TryGetValue(command.Name, out var telling) && !command.Has(telling)) || (Writes.TryGetValue(command.Name, out var writing) && command.Has(writing));

    /// <summary>A file is none, and neither are the devices that keep nothing.</summary>
    private static bool IsDisk(string word) => word.Contains('$') || (word.StartsWith("/dev/", StringComparison.Ordinal) && !Harmless().IsMatch(word));

    [GeneratedRegex("^/dev/(null|zero|full|console|std(in|out|err)|kmsg|u?random|ptmx|tty.*|(shm|fd|pts)/.*)$")]
    private static partial Regex Harmless();
}
