using Allie.Boot;
using Allie.Boot.Grub;
using Allie.Boot.Moving;
using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;

namespace Allie.Linux.Boot.Moving;

/// <summary>What a move would change, or why it cannot be made; nothing is written.</summary>
public sealed record BootHomePlan(IReadOnlyList<(string Disk, long OldCore)> Disks, IReadOnlyList<StubSwitch> Stubs)
{
    internal const string Core = "i386-pc/core.img";

    /// <exception cref="UserError">Exit 2: what would not be whole, or could not be undone.</exception>
    public static BootHomePlan Make(BootHome home, BootHomeTarget target, PcSettings settings)
    {
        var cfg = home.Method.Files.Read(GrubCfg.FileName) ?? "";
        using var old = ImageRoot.Open(home.Method.Files.Path);
        var disks = new BootOwner(settings).DisksStarting(old, ImagePath.Of(Core));
        var uuid = BootPartition.All().First(p => p.PartUuid == home.Name!.PartUuid).FsUuid;
        var leading = new EspStubs(settings, new("")).All().Where(s => GrubBootSector.FsUuid(s.Text) == uuid).ToList();
        if (disks.Count == 0 && leading.Count == 0)
        {
            throw UserError.Refused(
                $"no boot sector and no EFI/NAME/grub.cfg was found that starts GRUB from {home.Name}, so none can be switched to another place",
                "move it with the distribution's grub-install, which knows how it was put there");
        }

        if (target.Cfg is { } there && !GrubCfg.SourcesCustom(there))
        {
            throw UserError.Refused($"grub.cfg in {target.Name} does not source custom.cfg, so no entry of ours would be seen there", "chmod +x /etc/grub.d/41_custom and grub-mkconfig in that system, then again");
        }

        if (target.Cfg is null && MovedGrub.HasPassword(cfg))
        {
            throw UserError.Refused($"the boot menu in {home.Name} has a password, which a new grub.cfg would not have", "make a grub.cfg at the new place first (grub-mkconfig), with 41_custom");
        }

        foreach (var (disk, at) in disks)
        {
            _ = Place(disk, at, (int)old.Stat(ImagePath.Of(Core)).Size);
        }

        return new(disks, [.. leading.Select(s => Switch(s, uuid, home.Name!, target))]);
    }

    /// <summary>Where a second core image goes. The error correcting code behind the first makes it twice as long at most.</summary>
    internal static long Place(string disk, long oldCore, int bytes)
    {
        var sectors = CoreImage.Sectors(bytes);
        return DiskSectors.Of(disk) is { } area && CoreImage.Place(area.Area(), area.First, (oldCore, oldCore + (2 * sectors)), sectors, area.IsGrubs) is { } found
            ? found
            : throw UserError.Refused(
                $"{disk} has no room for a second core image of GRUB ({sectors / 2 + 1} KiB) beside the one in use, so the move could not be undone",
                "a BIOS boot partition of 1 MiB has (GPT), or a first partition that begins at 1 MiB (MBR)");
    }

    private static StubSwitch Switch((string Esp, string Path, string Text) stub, string uuid, BootHomeName from, BootHomeTarget target) =>
        new(stub.Esp, stub.Path, stub.Text, MovedGrub.Stub(stub.Text, uuid, from.Path, target.FsUuid, target.Name.Path)
            ?? throw UserError.Refused($"{stub.Path} on the EFI system partition has a form that is not known", $"it should say: set prefix=($root)'{from.Path}'"));
}
