using System.Runtime.InteropServices;
using System.Text;
using Allie.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

public sealed partial class ImageRoot
{
    private const int MostLinks = 40; // as the kernel's own limit, path_resolution(7)

    /// <summary>Set when the kernel has no openat2 (before 5.6) or a filter hides it; tests set it to prove the fallback.</summary>
    internal bool WalkByComponent { get; set; } = NoOpenat2;

    private static bool NoOpenat2 { get; set; }

    /// <summary>
    /// The path with every symlink of its directories resolved inside the image; the last component stays as it is.
    /// lib64/x becomes usr/lib64/x on a merged-/usr image.
    /// </summary>
    /// <exception cref="LinuxException">A directory on the way is missing, is no directory, or loops.</exception>
    public ImagePath RealPath(ImagePath path)
    {
        if (path.IsRoot)
        {
            return path;
        }

        using var parent = Walk(path.Parent, out var real);
        return real.Join(path.Name);
    }

    private Fd OpenAt(ImagePath path, int flags)
    {
        if (path.IsRoot)
        {
            return Fd.Open(_root.Number, Bytes.OfRaw("."), flags, HostPath);
        }

        return WalkByComponent ? OpenByWalk(path, flags) : OpenByKernel(path, flags);
    }

    /// <summary>Null when it is not there: without an exception for each file of a directory that is still to be made.</summary>
    private Fd? TryOpenAt(ImagePath path, int flags)
    {
        if (path.IsRoot || WalkByComponent)
        {
            try
            {
                return OpenAt(path, flags);
            }
            catch (LinuxException e) when (e.Errno is Errno.ENOENT or Errno.ENOTDIR)
            {
                return null;
            }
        }

        return TryOpenByKernel(path, flags, out var errno) ?? (errno is Errno.ENOENT or Errno.ENOTDIR ? null : throw new LinuxException("open", Show(path), errno));
    }

    private Fd OpenByKernel(ImagePath path, int flags) => TryOpenByKernel(path, flags, out var errno) ?? throw new LinuxException("open", Show(path), errno);

    private unsafe Fd? TryOpenByKernel(ImagePath path, int flags, out int errno)
    {
        errno = 0;
        var how = new OpenHow { Flags = (ulong)(uint)(flags | Flags.CloseOnExec), Resolve = Flags.ResolveInRoot | Flags.ResolveNoMagicLinks };
        var bytes = Bytes.Of(path);
        fixed (byte* start = bytes)
        {
            while (true)
            {
                var number = Libc.syscall(Flags.SysOpenat2, _root.Number, start, &how, sizeof(OpenHow));
                if (number >= 0)
                {
                    return Fd.Own((int)number);
                }

                errno = Marshal.GetLastPInvokeError();
                switch (errno)
                {
                    case Errno.EINTR or Errno.EAGAIN: // EAGAIN: a rename raced with the look-up, openat2(2)
                        continue;
                    case Errno.ENOSYS or Errno.EPERM when flags == (flags & (Flags.PathOnly | Flags.Directory)):
                        NoOpenat2 = WalkByComponent = true;
                        return OpenByWalk(path, flags);
                    default:
                        return null;
                }
            }
        }
    }

    private Fd OpenByWalk(ImagePath path, int flags)
    {
        using var place = Walk(path, out _);
        return Fd.Open(place.Number, Bytes.OfRaw("."), flags, Show(path));
    }

    /// <summary>Directory by directory, each opened without following; a symlink's target is walked from here or from the root.</summary>
    private Fd Walk(ImagePath path, out ImagePath real)
    {
        var open = new Stack<(Fd Directory, string Name)>();
        var pending = new Stack<string>(path.Components.Reverse());
        var links = 0;
        try
        {
            while (pending.TryPop(out var name))
            {
                if (name == "..")
                {
                    if (open.TryPop(out var left))
                    {
                        left.Directory.Dispose();
                    }

                    continue;
                }

                var here = open.TryPeek(out var top) ? top.Directory : _root;
                var entry = Fd.Open(here.Number, Bytes.OfRaw(name), Flags.PathOnly | Flags.NoFollow, Show(path));
                var facts = StatOf(entry, Bytes.OfRaw(""), Flags.AtEmptyPath, Show(path));
                if (facts.IsSymlink)
                {
                    var target = ReadLinkAt(entry, Bytes.OfRaw(""), Show(path));
                    entry.Dispose();
                    if (++links > MostLinks)
                    {
                        throw new LinuxException("open", Show(path), Errno.ELOOP);
                    }

                    FollowLink(target, open, pending);
                }
                else if (facts.IsDirectory)
                {
                    open.Push((entry, name));
                }
                else
                {
                    entry.Dispose();
                    throw new LinuxException("open", Show(path), Errno.ENOTDIR);
                }
            }

            real = ImagePath.FromRaw(string.Join('/', open.Reverse().Select(o => o.Name)));
            return open.TryPeek(out var last) ? last.Directory.Duplicate() : _root.Duplicate();
        }
        finally
        {
            foreach (var (directory, _) in open)
            {
                directory.Dispose();
            }
        }
    }

    private static void FollowLink(string target, Stack<(Fd Directory, string Name)> open, Stack<string> pending)
    {
        if (target.StartsWith('/'))
        {
            while (open.TryPop(out var left))
            {
                left.Directory.Dispose();
            }
        }

        foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".").Reverse())
        {
            pending.Push(part);
        }
    }

    internal static unsafe string ReadLinkAt(Fd directory, ReadOnlySpan<byte> leaf, string shown)
    {
        var buffer = stackalloc byte[4096]; // PATH_MAX, the longest a symlink can be
        var length = Libc.readlinkat(directory.Number, leaf, buffer, 4096);
        return length >= 0 ? Encoding.Latin1.GetString(buffer, (int)length) : throw LinuxException.Last("read link", shown);
    }
}
