using Allie.Conf;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Linux.Native;
using Allie.Linux.Slots;
using Allie.Overlays;

namespace Allie.Linux.Conf;

/// <summary>The file systems beside the root of an inactive image, mounted inside it for as long as this lives. Only in a private mount namespace.</summary>
public sealed class OtherFileSystems : IDisposable
{
    private readonly Stack<string> _mounted = new();

    private OtherFileSystems()
    {
    }

    /// <summary>Where something is missing: what is there is left alone.</summary>
    public IReadOnlyList<LeftPlace> Left { get; private set; } = [];

    /// <param name="root">The image, its root mounted.</param>
    /// <param name="readOnly">Nothing at all is written, not even a journal.</param>
    public static OtherFileSystems Mount(ImageRoot root, bool readOnly)
    {
        if (!MountNamespace.IsPrivate)
        {
            throw new InvalidOperationException("an image's file systems need a private mount namespace: call MountNamespace.Enter first");
        }

        var others = new OtherFileSystems();
        try
        {
            others.MountAll(root, readOnly);
            return others;
        }
        catch
        {
            others.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (_mounted.TryPop(out var point))
        {
            MountCalls.Unmount(point);
        }
    }

    private void MountAll(ImageRoot root, bool readOnly)
    {
        const string Fstab = "etc/fstab";
        using var running = ImageRoot.Open("/");
        var devices = new DeviceNames();
        var table = MountTable.Everywhere();
        var chosen = ImageMountChoice.Choose(
            root.TryReadText(ImagePath.Of(Fstab)) ?? "", running.TryReadText(ImagePath.Of(Fstab)) ?? "", devices.Find,
            node => table.FirstOrDefault(m => m.DeviceNumber == devices.NumberOf(node))?.Point);
        var left = chosen.Left.ToList();
        foreach (var mount in chosen.Mounts.Where(m => !left.Any(l => m.Point.IsAtOrBelow(l.Point))))
        {
            if (Mount(root, mount, devices.Content(mount.Device)?.Type, readOnly) is { } why)
            {
                left.Add(new(mount.Point, why, false));
            }
        }

        Left = left;
    }

    /// <summary>The reason where it cannot be; null when it is mounted.</summary>
    private string? Mount(ImageRoot root, ImageMount mount, string? type, bool readOnly)
    {
        if (type is null || root.TryStat(mount.Point) is null)
        {
            return type is null ? $"{mount.Device} holds no file system that is known" : "the image has no directory of that name to mount it at";
        }

        try
        {
            var point = Path.Combine(root.HostPath, RawName.Display(root.RealPath(mount.Point.Join("any")).Parent.Raw));
            var options = string.Join(',', new[] { mount.Options, readOnly ? MountScope.NoReplay(type) ?? "" : "" }.Where(o => o.Length > 0));
            MountCalls.Mount(mount.Device, point, type, Flags.MsNoSuid | Flags.MsNoDev | (readOnly ? Flags.MsReadOnly : 0), options.Length > 0 ? options : null);
            _mounted.Push(point);
            return null;
        }
        catch (LinuxException e)
        {
            return $"{mount.Device} cannot be mounted: {Errno.Text(e.Errno)}";
        }
    }
}
