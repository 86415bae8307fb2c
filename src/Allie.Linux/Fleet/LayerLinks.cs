using Allie.Files;
using Allie.Fleet;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Fleet;

/// <summary>
/// Directory links in layers that lead out of the overlays, as rsyncd sees them in its chroot at the store, or to the host layers. The modules
/// follow none of them (<see cref="RsyncdModule.WholeOnly"/>); but a filter rule of a client that is not rsync may name a file behind one, and
/// daemons before 3.5.0 answer with its first line.
/// </summary>
public static class LayerLinks
{
    /// <param name="overlays">The directory of all overlays; the one it lies in is the modules' root.</param>
    public static IReadOnlyList<ImagePath> LeadingOut(string overlays)
    {
        var found = new List<ImagePath>();
        using var store = ImageRoot.Open(Path.GetDirectoryName(overlays)!);
        var top = ImagePath.Of(Path.GetFileName(overlays));
        if (store.TryStat(top.Join("host")) is { IsDirectory: true } && store.List(top.Join("host")).Count > 0)
        {
            Look(store, top, top, found);
        }

        return [.. found.Select(p => ImagePath.FromRaw(p.Raw[(top.Raw.Length + 1)..]))];
    }

    private static void Look(ImageRoot store, ImagePath top, ImagePath directory, List<ImagePath> found)
    {
        foreach (var path in store.List(directory).Select(directory.Join).Where(p => p != top.Join("host")))
        {
            var facts = store.Stat(path);
            if (facts.IsDirectory)
            {
                Look(store, top, path, found);
            }
            else if (facts.IsSymlink && Leads(store, top, path))
            {
                found.Add(path);
            }
        }
    }

    private static bool Leads(ImageRoot store, ImagePath top, ImagePath link)
    {
        try
        {
            var end = store.RealPath(link.Join(".allie-any")).Parent; // resolves the link too, as it stands for a directory
            return end == top || !end.IsAtOrBelow(top) || end.IsAtOrBelow(top.Join("host"));
        }
        catch (LinuxException)
        {
            return false; // to a file, or to nothing
        }
    }
}
