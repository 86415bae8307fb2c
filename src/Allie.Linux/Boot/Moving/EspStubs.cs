using System.Text;
using Allie.Boot.Moving;
using Allie.Config;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Linux.Native;

namespace Allie.Linux.Boot.Moving;

/// <summary>The EFI/NAME/grub.cfg of this PC's EFI system partitions, which lead GRUB to its files.</summary>
internal sealed class EspStubs(PcSettings settings, BootCrash crash)
{
    internal IReadOnlyList<(string EspPartUuid, string Path, string Text)> All()
    {
        var found = new List<(string, string, string)>();
        foreach (var esp in BootPartition.All().Where(p => p.IsEsp))
        {
            using var mount = TryMount(esp);
            using var root = mount is null ? null : ImageRoot.Open(mount.Path);
            var top = ImagePath.Of("EFI");
            foreach (var vendor in root?.TryStat(top) is { IsDirectory: true } ? root.List(top) : [])
            {
                if (root!.TryStat(top.Join(vendor).Join("grub.cfg")) is { IsRegular: true })
                {
                    var path = top.Join(vendor).Join("grub.cfg");
                    found.Add((esp.PartUuid, path.ToString(), Encoding.Latin1.GetString(root.ReadFile(path))));
                }
            }
        }

        return found;
    }

    internal void Put(StubSwitch stub, string text)
    {
        var esp = BootPartition.All().First(p => p.PartUuid == stub.EspPartUuid);
        using var mount = MountScope.Mount(esp.Node, "vfat", settings.Run, readOnly: false);
        var files = new BootFiles(mount.Path, d => FrozenFlush.Flush(d, "vfat", crash), crash);
        files.Put(stub.Path.TrimStart('/'), text);
        files.Flush();
    }

    /// <summary>Null: no vfat in this kernel, or the partition holds none.</summary>
    private MountScope? TryMount(BootPartition esp)
    {
        try
        {
            return MountScope.Mount(esp.Node, "vfat", settings.Run, readOnly: true);
        }
        catch (LinuxException e) when (e.Errno == Errno.EBUSY)
        {
            return MountScope.Mount(esp.Node, "vfat", settings.Run, readOnly: false); // mounted for writing already
        }
        catch (LinuxException)
        {
            return null;
        }
    }
}
