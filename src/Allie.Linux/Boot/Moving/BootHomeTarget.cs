using Allie.Boot;
using Allie.Boot.Grub;
using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Linux.Native;
using Allie.Linux.Slots;
using Allie.Slots;

namespace Allie.Linux.Boot.Moving;

/// <summary>The partition that the boot loader's files are to go to, mounted; with the reasons why they cannot.</summary>
public sealed class BootHomeTarget : IDisposable
{
    private readonly MountScope _mount;

    private BootHomeTarget(MountScope mount, BootPartition partition, string boot, string grub)
    {
        _mount = mount;
        Partition = partition;
        FsUuid = partition.FsUuid;
        BootDirectory = Path.Combine(mount.Path, boot);
        Name = new(BootMethod.Grub, partition.PartUuid, "/" + ImagePath.Of(boot).Join(grub).ToString().TrimStart('/'));
        using var root = ImageRoot.Open(mount.Path);
        var directory = ImagePath.Of(Name.Path.TrimStart('/'));
        HasDirectory = root.TryStat(directory) is { IsDirectory: true };
        Cfg = HasDirectory ? root.TryReadText(directory.Join(GrubCfg.FileName)) : null;
    }

    public BootPartition Partition { get; }

    public string FsUuid { get; }

    public BootHomeName Name { get; }

    /// <summary>For grub-install: what GRUB's own directory is in.</summary>
    public string BootDirectory { get; }

    public string Directory => Path.Combine(_mount.Path, Name.Path.TrimStart('/'));

    public bool HasDirectory { get; }

    /// <summary>The grub.cfg that is there; null without one.</summary>
    public string? Cfg { get; }

    /// <param name="to">A slot's name, or a partition's device.</param>
    /// <param name="home">Where they are now.</param>
    /// <param name="committed">The slot that the PC starts by itself.</param>
    /// <param name="grub">"grub", or "grub2" on Fedora and SUSE.</param>
    /// <exception cref="UserError">Exit 2.</exception>
    public static BootHomeTarget Open(PcSettings settings, string to, BootHomeName home, string? committed, string grub, bool readOnly)
    {
        var facts = new SlotFinder(settings).Get(to);
        var partition = BootPartition.All().FirstOrDefault(p => p.Node == facts.DevicePath)
            ?? throw UserError.Refused($"{facts.DevicePath} is no partition", "the boot loader's files go to one: a slot that was committed, or a small partition of their own");
        var type = partition.FileSystem;
        Refuse(facts, partition, type, home, committed);
        var mount = Mount(partition.Node, type, settings.Run, readOnly);
        try
        {
            using var root = ImageRoot.Open(mount.Path);
            var boot = facts.DeclaredBy != SlotDeclaration.None || root.TryStat(ImagePath.Of("etc")) is not null ? "boot" : "";
            foreach (var part in new[] { ImagePath.Of(boot), ImagePath.Of(boot).Join(grub) }.Where(p => !p.IsRoot))
            {
                if (root.TryStat(part) is { IsDirectory: false })
                {
                    throw UserError.Refused($"{part} on {partition.Node} is no directory", "a boot loader follows no symbolic link: make it one");
                }
            }

            return new(mount, partition, boot, grub);
        }
        catch
        {
            mount.Dispose();
            throw;
        }
    }

    /// <summary>The place of an earlier move.</summary>
    internal static BootHomeTarget Again(PcSettings settings, BootHomeName name)
    {
        var partition = BootPartition.All().FirstOrDefault(p => p.PartUuid == name.PartUuid) ?? throw new UserError($"the partition of {name} is not there", "was a disk taken out?");
        var path = ImagePath.Of(name.Path.TrimStart('/'));
        return new(MountScope.Mount(partition.Node, partition.FileSystem, settings.Run, readOnly: false), partition, path.Parent.Raw, path.Name);
    }

    public void Dispose() => _mount.Dispose();

    private static void Refuse(SlotFacts facts, BootPartition partition, string type, BootHomeName home, string? committed)
    {
        var shown = facts.DevicePath;
        if (partition.PartUuid == home.PartUuid)
        {
            throw UserError.Refused($"the boot loader's files are on {shown} already ({home.Path})", "allie slot boot-home shows them");
        }

        if (GrubHome.WriteRefusal(type.Length > 0 ? type : "an empty partition", partition.DeviceName) is { } refusal)
        {
            throw UserError.Refused($"{shown} cannot be the boot loader's place: {refusal}", $"make an ext4 on it first: mkfs.ext4 -L boot {shown}");
        }

        if (facts.DeclaredBy != SlotDeclaration.None && facts.Name != committed)
        {
            throw UserError.Refused(
                $"slot {facts.Name} is not what this PC starts from ({(committed is null ? "no slot is" : "slot " + committed)}), so the next prep may format it",
                "commit it first (allie commit in it), or use a partition that is no slot");
        }
    }

    /// <summary>A dry run writes nothing, not even the time of a mount; what somebody has mounted for writing is joined as it is.</summary>
    private static MountScope Mount(string node, string type, string run, bool readOnly)
    {
        try
        {
            return MountScope.Mount(node, type, run, readOnly);
        }
        catch (LinuxException e) when (readOnly && e.Errno == Errno.EBUSY)
        {
            return MountScope.Mount(node, type, run, readOnly: false);
        }
    }
}
