using System.Runtime.InteropServices;
using Allie.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

/// <summary>
/// Removes a directory with all below it and never what is mounted there: Directory.Delete emptied the source of a bind mount when
/// it was measured. A mount on the way stops the removal before anything behind it is touched.
/// </summary>
public static class TreeRemover
{
    /// <exception cref="LinuxException">EXDEV: something is mounted below; unmount it first.</exception>
    public static void Remove(string hostPath)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(hostPath))!;
        using var root = ImageRoot.Open(directory);
        root.RemoveTree(ImagePath.Of(Path.GetFileName(hostPath)));
    }
}

public sealed partial class ImageRoot
{
    /// <summary>Removes the entry, and all below it when it is a directory. Symlinks are removed, not followed; absent is fine.</summary>
    /// <exception cref="LinuxException">EXDEV when a mount lies below: nothing behind it was touched.</exception>
    public void RemoveTree(ImagePath path)
    {
        if (TryStat(path) is not { } facts)
        {
            return;
        }

        Forget(path, facts.IsDirectory);
        var (directory, leaf) = Locate(path);
        using (directory)
        {
            RemoveAt(directory, leaf, Show(path));
        }
    }

    internal static void RemoveAt(Fd directory, byte[] leaf, string shown)
    {
        if (Libc.unlinkat(directory.Number, leaf, 0) == 0)
        {
            return;
        }

        // unlink of a directory: EISDIR on Linux, EPERM by POSIX
        var failure = LinuxException.Last("remove", shown);
        if (failure.Errno is not (Errno.EISDIR or Errno.EPERM) || !StatOf(directory, leaf, 0, shown).IsDirectory)
        {
            throw failure;
        }

        using (var below = OpenSameMount(directory, leaf, shown))
        {
            foreach (var name in ListOf(below, shown))
            {
                RemoveAt(below, Bytes.OfRaw(name), shown + "/" + RawName.Display(name));
            }
        }

        if (Libc.unlinkat(directory.Number, leaf, Flags.AtRemoveDir) != 0)
        {
            throw LinuxException.Last("remove", shown);
        }
    }

    private static unsafe Fd OpenSameMount(Fd directory, byte[] leaf, string shown)
    {
        var flags = Flags.ReadOnly | Flags.Directory | Flags.NoFollow;
        var how = new OpenHow { Flags = (ulong)(uint)(flags | Flags.CloseOnExec), Resolve = Flags.ResolveNoXdev };
        fixed (byte* start = leaf)
        {
            var number = Libc.syscall(Flags.SysOpenat2, directory.Number, start, &how, sizeof(OpenHow));
            if (number >= 0)
            {
                return Fd.Own((int)number);
            }
        }

        var errno = Marshal.GetLastPInvokeError();
        if (errno is not (Errno.ENOSYS or Errno.EPERM))
        {
            throw new LinuxException("remove", shown, errno);
        }

        var opened = Fd.Open(directory.Number, leaf, flags, shown);
        if (MountId(opened) != MountId(directory))
        {
            opened.Dispose();
            throw new LinuxException("remove", shown, Errno.EXDEV);
        }

        return opened;
    }

    /// <summary>"mnt_id:" of /proc/self/fdinfo (proc(5), Linux 3.15): tells bind mounts of the same file system apart, st_dev does not.</summary>
    private static string MountId(Fd fd) =>
        File.ReadLines($"/proc/self/fdinfo/{fd.Number}").First(l => l.StartsWith("mnt_id:", StringComparison.Ordinal));
}
