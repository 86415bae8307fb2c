using Allie.Errors;

namespace Allie.Installers;

/// <summary>
/// A complete autoinstall file (Ubuntu's Subiquity). It lists every partition of the disk as one that stays, for one that is not listed may be
/// removed when the table is written again, and formats the slot alone. Subiquity always installs GRUB, so it needs a place for it.
/// </summary>
public sealed record Autoinstall(DiskLayout Disk, DiskLayout.Part Slot, DiskLayout.Part? Efi, RootAccess Access, IReadOnlyList<string> Packages)
{
    /// <param name="acceptMbr">On a BIOS PC, Subiquity overwrites the boot loader of the disk.</param>
    /// <param name="acceptEfi">On a UEFI PC, it rewrites EFI/ubuntu on the ESP.</param>
    /// <exception cref="UserError">Exit 2, with what to use instead.</exception>
    public static Autoinstall Make(DiskLayout disk, InstallTarget target, bool acceptMbr, bool acceptEfi, RootAccess access, IReadOnlyList<string> packages)
    {
        var slot = disk.Slot(target);
        var efi = disk.Parts.FirstOrDefault(p => string.Equals(p.Type, DiskLayout.EfiType, StringComparison.OrdinalIgnoreCase));
        if (efi is null && !acceptMbr)
        {
            throw UserError.Refused(
                $"{disk.Device} has no EFI system partition, and Ubuntu's installer would overwrite the boot loader of the PC",
                "allie installer bootstrap --suite noble needs no installer; or --accept-mbr");
        }

        return efi is not null && !acceptEfi
            ? throw UserError.Refused(
                $"Ubuntu's installer always writes its boot loader, here EFI/ubuntu on partition {efi.Number} of {disk.Device}",
                "allie installer bootstrap --suite noble needs no installer; or save EFI/ubuntu and give --accept-efi")
            : new(disk, slot, efi, access, packages);
    }

    public string Format()
    {
        var lines = new List<string>
        {
            "#cloud-config",
            $"# Ubuntu onto partition {Slot.Number} ({Slot.Name}) of {Disk.Device}; written by: allie installer autoinstall",
            "# For this one disk alone: other numbers and sizes need another file.",
            "autoinstall:", "  version: 1", "  interactive-sections: []", "  locale: en_US.UTF-8", "  keyboard: {layout: us}",
            "  ssh: {install-server: true, allow-pw: false}", $"  packages: [{string.Join(", ", Packages.Select(p => $"'{p}'"))}]", "  storage:", "    swap: {size: 0}",
            Efi is null
                ? $"    grub: {{install_devices: [{Disk.Device}], update_nvram: false, reorder_uefi: false, probe_additional_os: false}}"
                : "    grub: {update_nvram: false, reorder_uefi: false, probe_additional_os: false}",
            "    config:",
            $"    - {{id: disk, type: disk, path: {Disk.Device}, ptable: gpt, preserve: true{(Efi is null ? ", grub_device: true" : "")}}}",
        };
        lines.AddRange(Disk.Parts.Select(Partition));
        lines.Add($"    - {{id: root-fs, type: format, volume: p{Slot.Number}, fstype: ext4, label: {Kickstart.Label}}}");
        lines.Add("    - {id: root, type: mount, device: root-fs, path: /}");
        if (Efi is not null)
        {
            lines.Add($"    - {{id: efi-fs, type: format, volume: p{Efi.Number}, fstype: fat32, preserve: true}}");
            lines.Add("    - {id: efi, type: mount, device: efi-fs, path: /boot/efi}");
        }

        lines.AddRange(Late());
        lines.Add("  shutdown: poweroff");
        return string.Join('\n', lines) + "\n";
    }

    private string Partition(DiskLayout.Part part)
    {
        var more = part == Slot ? ", wipe: superblock" : part == Efi ? ", grub_device: true" : "";
        return $"    - {{id: p{part.Number}, type: partition, device: disk, number: {part.Number}, offset: {part.Start}B, size: {part.Size}B, preserve: true{more}}}";
    }

    private IEnumerable<string> Late()
    {
        yield return "  user-data:";
        yield return "    disable_root: false";
        if (Access.PasswordHash is { } hash)
        {
            yield return $"    chpasswd: {{expire: false, users: [{{name: root, password: '{hash}', type: hash}}]}}";
        }

        if (Access.SshKey is { } key)
        {
            yield return $"    users: [{{name: root, ssh_authorized_keys: ['{key}']}}]";
        }
    }
}
