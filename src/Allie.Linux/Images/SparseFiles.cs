using System.Runtime.InteropServices;
using Allie.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Images;

/// <summary>The files of a tree that have holes. A PC fetches the tree without -S, which is faster, and makes holes in these alone.</summary>
public static class SparseFiles
{
    /// <summary>Where the list is in a published image: NUL-separated paths relative to the root, as rsync --from0 --files-from reads.</summary>
    public static readonly ImagePath ListPath = ImagePath.Of("var/lib/allie/sparse");

    /// <summary>Few blocks alone prove nothing: compression and inline data take few, too (lseek(2), SEEK_HOLE).</summary>
    internal static bool HasHole(Fd directory, byte[] leaf, long size, string shown)
    {
        using var file = Fd.Open(directory.Number, leaf, Flags.ReadOnly | Flags.NoFollow | Flags.NonBlock, shown);
        var hole = Libc.lseek(file.Number, 0, Flags.SeekHole);
        return hole >= 0 ? hole < size : Marshal.GetLastPInvokeError() != Errno.EINVAL;
    }
}
