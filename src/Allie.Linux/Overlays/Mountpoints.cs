using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Overlays;

namespace Allie.Linux.Overlays;

/// <summary>Where something is mounted inside an image, as our own mount table has it. Nothing is looked at: a server that is away would hold us up.</summary>
internal sealed class Mountpoints
{
    private readonly Dictionary<string, string> _points = [];
    private readonly ImagePath[] _network;

    /// <param name="root">The image.</param>
    /// <param name="allowNetwork">The administrator wants overlays on network file systems too.</param>
    internal Mountpoints(ImageRoot root, bool allowNetwork)
    {
        var top = Path.GetFullPath(root.HostPath).TrimEnd('/') + "/";
        foreach (var mount in MountTable.Here().Where(m => m.Point.StartsWith(top, StringComparison.Ordinal) && m.Point.Length > top.Length))
        {
            _points[RawName.FromText(mount.Point[top.Length..])] = mount.Type; // of several at one place the last is on top
        }

        _network = [.. _points.Where(p => !allowNetwork && NetworkFileSystem.Is(p.Value)).Select(p => ImagePath.FromRaw(p.Key))];
    }

    internal bool At(ImagePath path) => _points.ContainsKey(path.Raw);

    internal bool Below(ImagePath path) => _points.Keys.Any(p => p.StartsWith(path.Raw + "/", StringComparison.Ordinal));

    /// <summary>
    /// The network file system that the path is on, where it is not wanted there: its mount point. A local one mounted in it (a bind mount) counts too,
    /// as the way to it leads over the network.
    /// </summary>
    internal ImagePath? Network(ImagePath path)
    {
        foreach (var point in _network)
        {
            if (path.IsAtOrBelow(point))
            {
                return point;
            }
        }

        return null;
    }

    /// <summary>Where the file system is mounted that a path is on; the root for the image's own.</summary>
    internal ImagePath Of(ImagePath path)
    {
        var at = _points.Count == 0 ? ImagePath.Root : path;
        while (!at.IsRoot && !At(at))
        {
            at = at.Parent;
        }

        return at;
    }

    internal string TypeAt(ImagePath point) => _points[point.Raw];

    /// <summary>All file systems that one of the paths is on: syncfs(2) of the root reaches no other.</summary>
    internal void Sync(ImageRoot root, IReadOnlyCollection<ImagePath> paths)
    {
        root.SyncFileSystem();
        foreach (var mount in _points.Keys.Select(ImagePath.FromRaw).Where(m => paths.Any(p => p.IsAtOrBelow(m))))
        {
            root.SyncFileSystem(mount);
        }
    }
}
