using Allie.Errors;
using Allie.Files;
using Allie.Overlays;

namespace Allie.Conf;

/// <summary>
/// An inactive image is mounted with the file systems of its own fstab, or its /boot and /var would be filled below their mount points, unseen once it runs. One that the
/// running image has too is left to that: two images with different layers would change it to and fro each hour.
/// </summary>
public static class ImageMountChoice
{
    private static readonly string[] KernelTrees = ["proc", "sys", "dev", "run"];
    private static readonly string[] OfNoDevice = ["swap", "tmpfs", "ramfs", "proc", "sysfs", "devpts", "devtmpfs", "none", "ignore", "hugetlbfs", "mqueue", "debugfs", "tracefs", "configfs", "securityfs"];

    /// <param name="fstab">Of the inactive image.</param>
    /// <param name="runningFstab">Of the running one.</param>
    /// <param name="device">The node that a first field of fstab means on this PC; null for none.</param>
    /// <param name="busy">Where a device is mounted now; null for nowhere.</param>
    public static ImageMounts Choose(string fstab, string runningFstab, Func<string, string?> device, Func<string, string?> busy)
    {
        var running = Lines(runningFstab).Select(l => device(l.Spec)).OfType<string>().ToHashSet();
        var (mounts, left) = (new List<ImageMount>(), new List<LeftPlace>());
        foreach (var (point, line) in Lines(fstab).Select(l => (Point: Point(l.Point), Line: l)).Where(l => l.Point is { IsRoot: false }).OrderBy(l => l.Point!.Value.Raw.Count(c => c == '/')))
        {
            var place = point!.Value;
            var node = IsNetwork(line) ? null : device(line.Spec);
            var shared = $"{line.Spec} at {place} is the running image's too";
            if (KernelTrees.Any(t => place.IsAtOrBelow(ImagePath.Of(t))) || left.Any(l => place.IsAtOrBelow(l.Point)) || mounts.Any(m => m.Point == place))
            {
                continue;
            }

            switch (node)
            {
                case null when IsNetwork(line):
                    left.Add(new(place, $"{line.Spec} at {place} is a network file system: the image itself applies what is there when it runs", true));
                    break;
                case null when Lines(runningFstab).Any(l => l.Spec == line.Spec):
                    left.Add(new(place, shared, true));
                    break;
                case null:
                    left.Add(new(place, $"this PC has no {line.Spec}, which the image's fstab mounts there", false));
                    break;
                case var _ when running.Contains(node):
                    left.Add(new(place, shared, true));
                    break;
                case var _ when busy(node) is { } where:
                    left.Add(new(place, $"{line.Spec} is mounted at {where} now", false));
                    break;
                default:
                    mounts.Add(new(place, node, string.Join(',', line.Options.Split(',').Where(o => o.StartsWith("subvol", StringComparison.Ordinal)))));
                    break;
            }
        }

        return new(mounts, left);
    }

    /// <summary>What is mounted when the image starts: no comments, no memory, nothing on demand of a person.</summary>
    private static IEnumerable<FstabLine> Lines(string fstab)
    {
        foreach (var line in FstabLine.All(fstab).Where(l => !OfNoDevice.Contains(l.Type)))
        {
            var options = line.Options.Split(',');
            if (!options.Contains("bind") && !options.Contains("rbind") && (!options.Contains("noauto") || options.Contains("x-systemd.automount")))
            {
                yield return line;
            }
        }
    }

    /// <summary>fstab(5): network file systems are told by their type; "server:/path" and "//server/share" are no devices either.</summary>
    private static bool IsNetwork(FstabLine line) =>
        line.Type is "nfs" or "nfs4" or "cifs" or "smb3" or "ceph" or "glusterfs" or "9p" or "afs" or "autofs" or "fuse.sshfs" || line.Spec.StartsWith("//", StringComparison.Ordinal) || line.Spec.Contains(":/", StringComparison.Ordinal);

    /// <summary>Null for a field that names no place in the image.</summary>
    private static ImagePath? Point(string field)
    {
        try
        {
            return field.StartsWith('/') ? ImagePath.Of(field) : null;
        }
        catch (UserError)
        {
            return null;
        }
    }
}
