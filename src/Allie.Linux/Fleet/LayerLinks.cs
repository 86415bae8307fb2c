using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Fleet;

/// <summary>
/// Directory links in layers through which the module "overlay" would show the host layers: rsyncd's filter hides a name, not what a
/// link leads to (rsyncd.conf(5), filter).
/// </summary>
public static class LayerLinks
{
    private static readonly ImagePath Host = ImagePath.Of("host");

    /// <param name="overlays">The directory of all overlays, which is the module's root.</param>
    public static IReadOnlyList<ImagePath> ToHostLayers(ImageRoot overlays)
    {
        var found = new List<ImagePath>();
        if (overlays.TryStat(Host) is { IsDirectory: true } && overlays.List(Host).Count > 0)
        {
            Look(overlays, ImagePath.Root, found);
        }

        return found;
    }

    private static void Look(ImageRoot root, ImagePath directory, List<ImagePath> found)
    {
        foreach (var path in root.List(directory).Select(directory.Join).Where(p => p != Host))
        {
            var facts = root.Stat(path);
            if (facts.IsDirectory)
            {
                Look(root, path, found);
            }
            else if (facts.IsSymlink && Leads(root, path))
            {
                found.Add(path);
            }
        }
    }

    private static bool Leads(ImageRoot root, ImagePath link)
    {
        try
        {
            var end = root.RealPath(link.Join(".allie-any")).Parent; // resolves the link too, as it stands for a directory
            return end.IsRoot || end.IsAtOrBelow(Host);
        }
        catch (LinuxException)
        {
            return false; // to a file, or to nothing
        }
    }
}
