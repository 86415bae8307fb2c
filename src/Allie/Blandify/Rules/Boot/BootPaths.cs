using Allie.Files;

namespace Allie.Blandify.Rules.Boot;

/// <summary>
/// Paths of kernels begin at the file system that holds them. Where fstab proved that this was a /boot of its own, or a btrfs subvolume,
/// they are made paths of /. A path that is right already stays: what the tree has decides, so twice is the same as once.
/// </summary>
public sealed class BootPaths(CapturedPc captured, string? bootLabel, ITreeView tree)
{
    /// <summary>One path with the ids replaced. What cannot be found in the tree stays as it is.</summary>
    public string Fix(string path)
    {
        if (!path.StartsWith('/') || path.Contains("..", StringComparison.Ordinal))
        {
            return path;
        }

        path = captured.WithoutIds(path);
        return Candidates(path).FirstOrDefault(Exists) ?? path;
    }

    public bool Exists(string path) => path.StartsWith('/') && !path.Contains("..", StringComparison.Ordinal) && tree.Find(ImagePath.FromRaw(path)) is not null;

    private IEnumerable<string> Candidates(string path)
    {
        yield return path;
        if (captured.HadBoot && bootLabel is null && !path.StartsWith("/boot/", StringComparison.Ordinal))
        {
            yield return "/boot" + path;
        }

        foreach (var top in new[] { "/" + captured.Subvolume, SnapshotOf(path), "/@" }.Where(t => t.Length > 1 && path.StartsWith(t + "/", StringComparison.Ordinal)))
        {
            yield return path[top.Length..];
        }
    }

    /// <summary>openSUSE: /@/.snapshots/1/snapshot/boot/vmlinuz.</summary>
    private static string SnapshotOf(string path)
    {
        var parts = path.Split('/');
        return parts is ["", "@", ".snapshots", _, "snapshot", ..] ? string.Join('/', parts[..5]) : "";
    }
}
