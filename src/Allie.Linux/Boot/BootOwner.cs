using Allie.Boot.Grub;
using Allie.Config;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Linux.Native;
using Allie.Linux.Slots;

namespace Allie.Linux.Boot;

/// <summary>
/// Which file system the boot loader really reads: the core image behind each disk's first sector is compared with the file it was made from,
/// and the stubs on EFI system partitions are read. Call <see cref="MountNamespace.Enter"/> first.
/// </summary>
internal sealed class BootOwner
{
    private static readonly string[] Cores = ["boot/grub/i386-pc/core.img", "boot/grub2/i386-pc/core.img", "grub/i386-pc/core.img", "grub2/i386-pc/core.img"];

    private readonly List<(string Disk, long Sector)> _sectors = [];
    private readonly List<(string Stub, string Uuid)> _stubs = [];

    internal BootOwner(PcSettings settings, string systemRoot = "/")
    {
        foreach (var disk in new BlockDevices(systemRoot).Scan().Where(d => !d.IsPartition && d.SizeBytes > 1 << 20))
        {
            if (TryRead(disk.Node, 0, 512) is { } first && GrubBootSector.CoreSector(first) is { } sector)
            {
                _sectors.Add((disk.Node, sector));
            }
        }

        foreach (var esp in BootPartition.All(systemRoot).Where(p => p.IsEsp))
        {
            ReadStubs(esp, settings);
        }
    }

    /// <summary>Why the boot loader is taken to read from this file system; null when nothing says so.</summary>
    internal string? Why(ImageRoot root, string fsUuid)
    {
        foreach (var core in Cores.Select(ImagePath.Of))
        {
            if (DisksStarting(root, core) is [var (disk, _), ..])
            {
                return $"the boot sector of {disk} was made from its {core}";
            }
        }

        return _stubs.FirstOrDefault(s => s.Uuid == fsUuid.ToLowerInvariant() && fsUuid.Length > 0).Stub is { } stub ? $"{stub} on the EFI system partition leads to it" : null;
    }

    /// <summary>The disks whose boot sector starts this very core image, and the sector where it lies.</summary>
    internal IReadOnlyList<(string Disk, long Sector)> DisksStarting(ImageRoot root, ImagePath core)
    {
        if (root.TryStat(core) is not { IsRegular: true, Size: > GrubBootSector.Changed })
        {
            return [];
        }

        var file = root.ReadFile(core);
        return [.. _sectors.Where(s => TryRead(s.Disk, s.Sector * CoreImage.SectorBytes, file.Length) is { } there
            && there.AsSpan(GrubBootSector.Changed).SequenceEqual(file.AsSpan(GrubBootSector.Changed)))];
    }

    private void ReadStubs(BootPartition esp, PcSettings settings)
    {
        try
        {
            using var mount = MountScope.Mount(esp.Node, "vfat", settings.Run, readOnly: true);
            using var root = ImageRoot.Open(mount.Path);
            foreach (var vendor in root.TryStat(ImagePath.Of("EFI")) is { IsDirectory: true } ? root.List(ImagePath.Of("EFI")) : [])
            {
                var stub = ImagePath.Of("EFI").Join(vendor).Join("grub.cfg");
                if (root.TryReadText(stub) is { } text && GrubBootSector.FsUuid(text) is { } uuid)
                {
                    _stubs.Add((stub.ToString(), uuid));
                }
            }
        }
        catch (LinuxException)
        {
            // no vfat in this kernel, or mounted for writing elsewhere with other options: the other signs still count
        }
    }

    private static byte[]? TryRead(string node, long at, int count)
    {
        try
        {
            using var file = new FileStream(node, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
            file.Position = at;
            var bytes = new byte[count];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
