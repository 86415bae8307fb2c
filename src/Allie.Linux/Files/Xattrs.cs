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
    private const int OrdinaryList = 1024;
    private const int LongestList = 65536; // XATTR_LIST_MAX

    internal static Dictionary<string, byte[]> Read(Fd directory, ReadOnlySpan<byte> leaf, string shown) => Read(At(directory, leaf), shown);

    /// <summary>Of an open file: without a look-up of its path for each call.</summary>
    internal static Dictionary<string, byte[]> Read(Fd file, string shown) => Read(new Place(file.Number, []), shown);

    /// <summary>Makes the set exactly this one; security.selinux that is there and not named is left alone (labels are the image's).</summary>
    internal static void Write(Fd directory, ReadOnlySpan<byte> leaf, IReadOnlyDictionary<string, byte[]> wanted, string shown) =>
        Write(At(directory, leaf), wanted, shown);

    internal static void Write(Fd file, IReadOnlyDictionary<string, byte[]> wanted, string shown) => Write(new Place(file.Number, []), wanted, shown);

    private static Dictionary<string, byte[]> Read(Place place, string shown)
    {
        var found = new Dictionary<string, byte[]>();
        foreach (var name in Names(place, shown))
        {
            var nul = Bytes.OfRaw(name);
            var size = place.Get(nul, null, 0);
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
                if (place.Get(nul, start, size) != size)
                {
                    throw LinuxException.Last("read extended attribute " + name + " of", shown);
                }
            }

            found[name] = value;
        }

        return found;
    }

    private static void Write(Place place, IReadOnlyDictionary<string, byte[]> wanted, string shown)
    {
        foreach (var name in Names(place, shown).Where(n => !wanted.ContainsKey(n) && n != "security.selinux"))
        {
            if (place.Remove(Bytes.OfRaw(name)) != 0 && Marshal.GetLastPInvokeError() is not Errno.ENODATA)
            {
                throw LinuxException.Last("remove extended attribute " + name + " of", shown);
            }
        }

        foreach (var (name, value) in wanted)
        {
            fixed (byte* start = value)
            {
                if (place.Set(Bytes.OfRaw(name), start, value.Length) != 0)
                {
                    throw LinuxException.Last("set extended attribute " + name + " of", shown);
                }
            }
        }
    }

    private static Place At(Fd directory, ReadOnlySpan<byte> leaf) =>
        new(-1, [.. Encoding.ASCII.GetBytes($"/proc/self/fd/{directory.Number}/"), .. leaf]);

    private static string[] Names(Place place, string shown)
    {
        var few = stackalloc byte[OrdinaryList];
        var length = place.List(few, OrdinaryList);
        if (length >= 0)
        {
            return Split(few, length);
        }

        switch (Marshal.GetLastPInvokeError())
        {
            case Errno.EOPNOTSUPP:
                return [];
            case Errno.ERANGE:
                fixed (byte* many = new byte[LongestList])
                {
                    length = place.List(many, LongestList);
                    return length >= 0 ? Split(many, length) : throw LinuxException.Last("list extended attributes of", shown);
                }

            default:
                throw LinuxException.Last("list extended attributes of", shown);
        }
    }

    private static string[] Split(byte* names, nint length) =>
        length == 0 ? [] : Encoding.Latin1.GetString(names, (int)length).Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>By descriptor, or by path where there is no descriptor.</summary>
    private readonly record struct Place(int File, byte[] Path)
    {
        internal nint List(byte* list, nint size) => Path.Length > 0 ? Libc.llistxattr(Path, list, size) : Libc.flistxattr(File, list, size);

        internal nint Get(byte[] name, byte* value, nint size) => Path.Length > 0 ? Libc.lgetxattr(Path, name, value, size) : Libc.fgetxattr(File, name, value, size);

        internal int Set(byte[] name, byte* value, nint size) => Path.Length > 0 ? Libc.lsetxattr(Path, name, value, size, 0) : Libc.fsetxattr(File, name, value, size, 0);

        internal int Remove(byte[] name) => Path.Length > 0 ? Libc.lremovexattr(Path, name) : Libc.fremovexattr(File, name);
    }
}
