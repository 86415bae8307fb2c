using System.Text.RegularExpressions;

namespace Allie.Installers.Lint;

/// <summary>What one directive would do to a PC. The findings have no line yet.</summary>
internal static partial class KickstartDirectives
{
    private static readonly string[] PartitionLayout = ["--ondisk", "--ondrive", "--grow", "--asprimary", "--resize"];

    /// <param name="read">The included files whose lines are looked at too.</param>
    public static IEnumerable<InstallerFinding> Check(KickstartLine line, InstallerRelease? release, IReadOnlySet<string> read) => line.Name switch
    {
        "zerombr" => [Error("zerombr", "zerombr writes a new partition table where it finds none it knows", "take it out")],
        "clearpart" when line.Words is not [_, "--none"] => [Error("clearpart", $"'{string.Join(' ', line.Words)}' removes partitions", "clearpart --none")],
        "autopart" or "reqpart" => [Error(line.Name, $"{line.Name} makes partitions of its own choice", "take it out; part / --onpart=... uses one that is there")],
        "part" or "partition" => Partition(line),
        "mount" => Mount(line),
        "raid" or "volgroup" or "logvol" or "btrfs" => [Many(line.Name)],
        "bootloader" => BootLoader(line, release),
        "rootpw" or "user" or "sshpw" => Password(line),
        "upgrade" => [Error("upgrade", "upgrade changes the system that is on the PC", "take it out")],
        "nvdimm" when line.Words.Contains("reconfigure") => [Error("nvdimm", "nvdimm reconfigure throws away what the memory holds", "take it out; nvdimm use takes it as it is")],
        "%include" when !line.Plain.Any(read.Contains) =>
            [Error("not-read", $"what {line.Plain.FirstOrDefault()} holds was not looked at", "lint that file too") with { IsError = false }],
        _ => [],
    };

    private static IEnumerable<InstallerFinding> Partition(KickstartLine line)
    {
        var device = line.Value(line.Has("--usepart") ? "--usepart" : "--onpart");
        var plain = line.Plain.Where(w => w != device).ToList();
        var where = plain.Contains("/") ? "/" : plain.FirstOrDefault() ?? "";
        if (device.Length == 0)
        {
            yield return Error("part-without-onpart", $"{line.Name} {where} makes a new partition", "part / --onpart=PARTITION --fstype=ext4");
        }
        else if (WholeDisk.Is(device))
        {
            yield return WholeDisk.Finding(device);
        }

        if (device.Length > 0 && PartitionLayout.FirstOrDefault(line.Has) is { } layout)
        {
            yield return Error("part-layout", $"{line.Name} {where} also asks for a layout: {layout}", "only --onpart, --fstype, --label and --fsoptions");
        }

        if (Member().IsMatch(where))
        {
            yield return Many($"{line.Name} {where}");
        }
        else if (where != "/" && device.Length > 0 && !line.Has("--noformat"))
        {
            yield return Formatted(where, device, line.Value("--fstype") == "efi", $"{line.Name} {where} --onpart={device} --noformat");
        }
    }

    private static IEnumerable<InstallerFinding> Mount(KickstartLine line)
    {
        if (line.Plain.ToList() is not [var device, var where, ..])
        {
            yield break;
        }

        if (WholeDisk.Is(device))
        {
            yield return WholeDisk.Finding(device);
        }

        if (where != "/" && line.Has("--reformat"))
        {
            yield return Formatted(where, device, false, $"mount {device} {where}");
        }
    }

    private static IEnumerable<InstallerFinding> BootLoader(KickstartLine line, InstallerRelease? release)
    {
        const string None = "bootloader --location=none --leavebootorder";
        var location = line.Value("--location");
        if (line.Has("--leavebootorder") && release is { HasLeaveBootOrder: false })
        {
            yield return Error("leavebootorder", $"{release} does not know --leavebootorder, and its installer stops", "bootloader --location=partition");
        }
        else if (location == "partition" && release is not { TakesPartitionLocation: true })
        {
            yield return Error(
                "location-partition", "bootloader --location=partition stops the installer since Fedora 21 and EL7 (GRUB 2), and ksvalidator says nothing",
                release is null ? None + "; for an older release say which: --release F20" : None);
        }
        else if (location is not ("none" or "partition"))
        {
            yield return Error("bootloader", "the installer writes a boot loader over the one of the PC", None);
        }

        if (line.Has("--password") && !line.Has("--iscrypted"))
        {
            yield return Clear("the boot menu's password", "--iscrypted --password=HASH (grub2-mkpasswd-pbkdf2)");
        }
    }

    /// <summary>rootpw and sshpw have it as a word, user as an option.</summary>
    private static IEnumerable<InstallerFinding> Password(KickstartLine line)
    {
        var word = line.Name == "user" ? line.Value("--password") : line.Plain.FirstOrDefault(w => w != line.Value("--username")) ?? "";
        if (word.Length == 0 || line.Has("--sshkey") || (line.Has("--iscrypted") && (RootAccess.IsHash(word) || word[0] is '!' or '*')))
        {
            yield break;
        }

        var whose = line.Name switch { "rootpw" => "root's password", "user" => $"the password of {line.Value("--name")}", _ => "the password of the installer's own ssh" };
        yield return line.Has("--iscrypted")
            ? Error("clear-password", $"what stands for {whose} after --iscrypted is no crypt hash", "the hash that openssl passwd -6 prints")
            : Clear(whose, line.Name == "user" ? "--iscrypted --password=HASH (openssl passwd -6)" : $"{line.Name} --iscrypted HASH (openssl passwd -6), or {line.Name} --lock");
    }

    private static InstallerFinding Error(string rule, string message, string hint) => new(0, rule, message, hint);

    private static InstallerFinding Clear(string what, string hint) => Error("clear-password", $"{what} stands in clear in a file that is served", hint);

    private static InstallerFinding Many(string what) => Error("many-partitions", $"{what} does not stay in one partition", "a slot is one partition with one file system");

    private static InstallerFinding Formatted(string where, string device, bool efi, string hint) => efi || where == "/boot/efi"
        ? Error("esp-formatted", $"the EFI system partition ({device}) is formatted, and no other system of the PC starts any more", hint)
        : Error("formatted", $"{device}, for {where}, is formatted, and is not the slot", hint);

    [GeneratedRegex(@"^(pv|raid|btrfs)\.")]
    private static partial Regex Member();
}
