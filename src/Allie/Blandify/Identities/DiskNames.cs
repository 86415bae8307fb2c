using System.Text.RegularExpressions;
using Allie.Files;

namespace Allie.Blandify.Identities;

/// <summary>UUIDs of file systems and partitions, and names of disks, from the files that say what to mount and boot.</summary>
internal static partial class DiskNames
{
    /// <summary>Here every UUID is a disk's.</summary>
    private static readonly string[] Files =
    [
        "etc/fstab", "etc/crypttab", "etc/mtab", "etc/default/grub", "etc/kernel/cmdline", "etc/suspend.conf", "etc/uswsusp.conf", "etc/initramfs-tools/conf.d/resume",
        "boot/grub/grub.cfg", "boot/grub2/grub.cfg", "boot/grub/grub.conf", "boot/grub/menu.lst", "boot/grub/grubenv", "boot/grub2/grubenv", "boot/grub/device.map",
        "boot/grub2/device.map", "boot/extlinux/extlinux.conf", "boot/syslinux/syslinux.cfg", "boot/refind_linux.conf", "etc/lilo.conf", "etc/mdadm.conf", "etc/mdadm/mdadm.conf",
        "etc/lvm/devices/system.devices", "etc/smartd.conf", "etc/default/grub_installdevice",
    ];

    private static readonly string[] Directories =
        ["boot/loader/entries", "boot/efi/loader/entries", "efi/loader/entries", "etc/cmdline.d", "etc/lvm/backup", "etc/lvm/archive", "etc/blkid", "run/blkid", "etc/dracut.conf.d"];

    internal static IEnumerable<Trait> In(ITreeView tree)
    {
        var text = string.Join('\n', Files.Select(f => IdentityProbe.Text(tree, f)).Concat(Directories.SelectMany(d => IdentityProbe.Texts(tree, d))).Append(EfiStubs(tree)).OfType<string>());
        text = string.Join('\n', text.Split('\n').Where(l => !l.StartsWith("#allie:", StringComparison.Ordinal))); // what the fstab rule put aside for the administrator to read
        foreach (var uuid in Uuid().Matches(text).Select(m => m.Value).Concat(Volume().Matches(text).Select(m => m.Groups[1].Value)))
        {
            yield return new(TraitKind.FileSystem, uuid.ToLowerInvariant());
        }

        foreach (var id in LvmId().Matches(text).Select(m => m.Value))
        {
            yield return new(TraitKind.Disk, id);
        }

        // Debian's package of GRUB keeps the disk that it was installed to in debconf's database, beside thousands of other things.
        foreach (var name in DiskName().Matches(text + IdentityProbe.Text(tree, "var/cache/debconf/config.dat")).Select(m => m.Groups[1].Value).Where(n => !n.Contains("-part", StringComparison.Ordinal) || n.Length > 10))
        {
            var whole = PartSuffix().Replace(name, "");
            if (!whole.StartsWith("dm-", StringComparison.Ordinal) && !whole.StartsWith("lvm-", StringComparison.Ordinal))
            {
                yield return new(TraitKind.Disk, whole);
                if (whole.LastIndexOf('_') is var at and > 0 && whole[(at + 1)..] is { Length: >= 8 } serial && serial.Any(char.IsAsciiDigit))
                {
                    yield return new(TraitKind.Disk, serial);
                }
            }
        }
    }

    private static string EfiStubs(ITreeView tree) =>
        string.Join('\n', new[] { "boot/efi/EFI", "efi/EFI" }.Select(ImagePath.FromRaw).SelectMany(d => tree.Names(d).Select(d.Join))
            .SelectMany(d => new[] { "grub.cfg", "grubenv" }.Select(n => IdentityProbe.Text(tree, d.Join(n)))).OfType<string>());

    [GeneratedRegex("(?<![0-9a-fA-F-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![0-9a-fA-F-])")]
    internal static partial Regex Uuid();

    /// <summary>FAT and NTFS volumes, and arrays of md, where a key says that it is one.</summary>
    [GeneratedRegex(@"(?:UUID=|uuid/|--fs-uuid(?: --?\S+)* )[""']?([0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}|[0-9A-Fa-f]{16}|[0-9a-fA-F]{8}(?::[0-9a-fA-F]{8}){3})(?![0-9a-fA-F:-])")]
    private static partial Regex Volume();

    [GeneratedRegex(@"(?<![A-Za-z0-9-])[A-Za-z0-9]{6}-[A-Za-z0-9]{4}-[A-Za-z0-9]{4}-[A-Za-z0-9]{4}-[A-Za-z0-9]{4}-[A-Za-z0-9]{4}-[A-Za-z0-9]{6}(?![A-Za-z0-9-])")]
    private static partial Regex LvmId();

    [GeneratedRegex(@"/dev/disk/by-id/([A-Za-z0-9._:+-]+)")]
    private static partial Regex DiskName();

    [GeneratedRegex(@"-part[0-9]+\z")]
    private static partial Regex PartSuffix();
}
