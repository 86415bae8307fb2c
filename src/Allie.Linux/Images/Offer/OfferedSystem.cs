using Allie.Errors;
using Allie.Files;
using Allie.Images.Offer;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Linux.Native;
using Allie.Linux.Processes;

namespace Allie.Linux.Images.Offer;

/// <summary>A system that is offered: its root, and by its own fstab what else belongs to it, all mounted read-only as one tree.</summary>
public sealed class OfferedSystem : IDisposable
{
    private readonly Stack<MountScope> _mounts = [];
    private readonly List<string> _parts = [];
    private readonly List<string> _missing = [];

    private OfferedSystem()
    {
    }

    public string Path => _mounts.Last().Path;

    /// <summary>"/boot (/dev/sda2)", ...</summary>
    public IReadOnlyList<string> Parts => _parts;

    /// <summary>Lines of its fstab that could not be followed, and why.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <param name="runner">Runs blkid.</param>
    /// <param name="root">The root's device.</param>
    /// <param name="runDirectory">For the mount point.</param>
    /// <param name="rootOnly">Look at nothing else.</param>
    /// <exception cref="UserError">Exit 2: a part is in use.</exception>
    public static OfferedSystem Mount(IRunner runner, DeviceUse root, string runDirectory, bool rootOnly)
    {
        var system = new OfferedSystem();
        try
        {
            system._mounts.Push(MountScope.Mount(root.Device, root.Type, runDirectory, readOnly: true));
            if (!rootOnly)
            {
                system.MountParts(runner);
            }

            using var tree = ImageRoot.Open(system.Path);
            OfferRefusal.CheckTree(root.Device, tree.Exists(ImagePath.Of("etc")), tree.Exists(ImagePath.Of("usr")));
            return system;
        }
        catch
        {
            system.Dispose();
            throw;
        }
    }

    /// <summary>Last mounted, first unmounted.</summary>
    public void Dispose()
    {
        while (_mounts.TryPop(out var mount))
        {
            mount.Dispose();
        }
    }

    private void MountParts(IRunner runner)
    {
        using var tree = ImageRoot.Open(Path);
        var fstab = TryFstab(tree);
        foreach (var part in SystemMounts.OfFstab(fstab))
        {
            if (Device(runner, part.Spec) is not { } device)
            {
                _missing.Add($"{part.Point} is missing in the offer: nothing here is {part.Spec}");
                continue;
            }

            var use = new DeviceInspection(runner).Look(device);
            OfferRefusal.CheckPart(use, part.Point);
            if (Point(tree, part.Point) is not { } point)
            {
                _missing.Add($"{part.Point} is missing in the offer: its root has no such directory");
                continue;
            }

            _mounts.Push(MountScope.MountPart(device, use.Type, tree.Show(point)));
            _parts.Add($"{part.Point} ({device})");
        }
    }

    private static string TryFstab(ImageRoot tree)
    {
        try
        {
            return tree.TryReadText(ImagePath.Of("etc/fstab")) ?? "";
        }
        catch (LinuxException)
        {
            return ""; // no etc: the look of the capture tells
        }
    }

    private static ImagePath? Point(ImageRoot tree, string point)
    {
        var path = tree.TryStat(ImagePath.Of(point)) is { IsDirectory: true } ? tree.RealPath(ImagePath.Of(point)) : (ImagePath?)null;
        return path;
    }

    private static string? Device(IRunner runner, string spec)
    {
        if (spec.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return System.IO.Path.Exists(spec) ? spec : null;
        }

        // Not its cache: a label may have moved to another device.
        var outcome = runner.Run(new Command("blkid", "-c", "/dev/null", "-l", "-o", "device", "-t", spec));
        return outcome.Output.Trim() is { Length: > 0 } device ? device : null;
    }
}
