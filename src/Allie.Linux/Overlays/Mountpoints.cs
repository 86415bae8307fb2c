using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Mounts;

namespace Allie.Linux.Overlays;

/// <summary>Where something is mounted inside an image, as our own mount table has it.</summary>
internal sealed class Mountpoints
{
    private readonly HashSet<string> _points;

    internal Mountpoints(ImageRoot root)
    {
        var top = Path.GetFullPath(root.HostPath).TrimEnd('/') + "/";
        _points = [.. MountTable.Here().Where(m => m.Point.StartsWith(top, StringComparison.Ordinal) && m.Point.Length > top.Length)
            .Select(m => RawName.FromText(m.Point[top.Length..]))];
    }

    internal bool At(ImagePath path) => _points.Contains(path.Raw);

    /// <summary>All file systems that one of the paths is on: syncfs(2) of the root reaches no other.</summary>
    internal void Sync(ImageRoot root, IReadOnlyCollection<ImagePath> paths)
    {
        root.SyncFileSystem();
        foreach (var mount in _points.Select(ImagePath.FromRaw).Where(m => paths.Any(p => p.IsAtOrBelow(m))))
        {
            root.SyncFileSystem(mount);
        }
    }

    internal bool Below(ImagePath path) => _points.Any(p => p.StartsWith(path.Raw + "/", StringComparison.Ordinal));
}
