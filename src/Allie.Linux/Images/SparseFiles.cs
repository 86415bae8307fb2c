using System.Runtime.InteropServices;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Images;

/// <summary>The files of a tree that have holes. A PC fetches the tree without -S, which is faster, and makes holes in these alone.</summary>
public static class SparseFiles
{
    /// <summary>Where the list is in a published image: NUL-separated paths relative to the root, as rsync --from0 --files-from reads.</summary>
    public static readonly ImagePath ListPath = ImagePath.Of("var/lib/allie/sparse");

    public static IReadOnlyList<ImagePath> Find(ImageRoot root)
    {
        var found = new List<ImagePath>();
        Look(root, ImagePath.Root, found);
        return found;
    }

    private static void Look(ImageRoot root, ImagePath directory, List<ImagePath> found)
    {
        foreach (var path in root.List(directory).Select(directory.Join))
        {
            var facts = root.Stat(path);
            if (facts.IsDirectory)
            {
                Look(root, path, found);
            }
            else if (facts.IsSparse && HasHole(root, path, facts.Size))
            {
                found.Add(path);
            }
        }
    }

    /// <summary>Few blocks alone prove nothing: compression and inline data take few, too (lseek(2), SEEK_HOLE).</summary>
    private static bool HasHole(ImageRoot root, ImagePath path, long size)
    {
        using var stream = root.OpenRead(path);
        var hole = Libc.lseek((int)stream.SafeFileHandle.DangerousGetHandle(), 0, Flags.SeekHole);
        return hole >= 0 ? hole < size : Marshal.GetLastPInvokeError() != Errno.EINVAL;
    }
}
