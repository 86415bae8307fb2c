using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

/// <summary>
/// Extended attributes of an entry itself, also of a symlink. There is no l*xattrat before Linux 6.13, so the entry is named through
/// /proc/self/fd of its directory: the directory is fixed by the descriptor and the last component is not followed.
/// </summary>
internal static unsafe class Xattrs
{
    internal static Dictionary<string, byte[]> Read(Fd directory, ReadOnlySpan<byte> leaf, string shown)
    {
        var found = new Dictionary<string, byte[]>();
        var place = Place(directory, leaf);
        foreach (var name in Names(place, shown))
        {
            var nul = Bytes.OfRaw(name);
            var size = Libc.lgetxattr(place, nul, null, 0);
            if (size < 0)
            {
                if (Marshal.GetLastPInvokeError() is Errno.ENODATA or Errno.EOPNOTSUPP)
                {
                    continue;
                }

                throw LinuxException.Last("read extended attribute " + name + " of", shown);
            }

            var value = new byte[size];
            fixed (byte* start = value)
            {
                if (Libc.lgetxattr(place, nul, start, size) != size)
                {
                    throw LinuxException.Last("read extended attribute " + name + " of", shown);
                }
            }

            found[name] = value;
        }

        return found;
    }

    /// <summary>Makes the set exactly this one; security.selinux that is there and not named is left alone (labels are the image's).</summary>
    internal static void Write(Fd directory, ReadOnlySpan<byte> leaf, IReadOnlyDictionary<string, byte[]> wanted, string shown)
    {
        var place = Place(directory, leaf);
        foreach (var name in Names(place, shown).Where(n => !wanted.ContainsKey(n) && n != "security.selinux"))
        {
            if (Libc.lremovexattr(place, Bytes.OfRaw(name)) != 0 && Marshal.GetLastPInvokeError() is not Errno.ENODATA)
            {
                throw LinuxException.Last("remove extended attribute " + name + " of", shown);
            }
        }

        foreach (var (name, value) in wanted)
        {
            fixed (byte* start = value)
            {
                if (Libc.lsetxattr(place, Bytes.OfRaw(name), start, value.Length, 0) != 0)
                {
                    throw LinuxException.Last("set extended attribute " + name + " of", shown);
                }
            }
        }
    }

    private static byte[] Place(Fd directory, ReadOnlySpan<byte> leaf) =>
        [.. Encoding.ASCII.GetBytes($"/proc/self/fd/{directory.Number}/"), .. leaf];

    [SkipLocalsInit]
    private static string[] Names(byte[] place, string shown)
    {
        var buffer = stackalloc byte[65536]; // XATTR_LIST_MAX; not cleared: most entries have none
        var length = Libc.llistxattr(place, buffer, 65536);
        if (length < 0)
        {
            return Marshal.GetLastPInvokeError() is Errno.EOPNOTSUPP ? [] : throw LinuxException.Last("list extended attributes of", shown);
        }

        return length == 0 ? [] : Encoding.Latin1.GetString(buffer, (int)length).Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }
}
