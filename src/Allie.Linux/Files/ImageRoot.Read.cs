using System.Runtime.InteropServices;
using System.Text;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

public sealed partial class ImageRoot
{
    /// <summary>Null when there is nothing of that name (or no such directory to hold it).</summary>
    public FileFacts? TryStat(ImagePath path)
    {
        if (path.IsRoot)
        {
            return Stat(path);
        }

        using var directory = _kept is { } kept ? kept.TryGet(path.Parent) : TryOpenAt(path.Parent, Flags.PathOnly | Flags.Directory);
        return directory is null ? null : TryStatOf(directory, Bytes.OfRaw(path.Name), 0, Show(path));
    }

    /// <summary>Of the entry itself, never of what a symlink points to.</summary>
    public FileFacts Stat(ImagePath path)
    {
        var (directory, leaf) = Locate(path);
        using (directory)
        {
            return StatOf(directory, leaf, 0, Show(path));
        }
    }

    public bool Exists(ImagePath path) => TryStat(path) is not null;

    /// <summary>The target of a symlink, one byte per char, exactly as stored.</summary>
    public string ReadLink(ImagePath path)
    {
        var (directory, leaf) = Locate(path);
        using (directory)
        {
            return ReadLinkAt(directory, leaf, Show(path));
        }
    }

    /// <summary>The whole content of a regular file. A symlink, fifo or device in its place is refused.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">Bytes accepted at most; configuration files are small, and an image may be hostile.</param>
    public byte[] ReadFile(ImagePath path, long most = 16 << 20)
    {
        using var stream = OpenRead(path);
        if (stream.Length > most)
        {
            throw new UserError($"cannot read {Show(path)}: {stream.Length} bytes, at most {most} are accepted here");
        }

        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>The text of a small file, or null when it is absent. Bytes that are no UTF-8 become U+FFFD: for reading only.</summary>
    public string? TryReadText(ImagePath path) =>
        TryStat(path) is { IsRegular: true } ? Encoding.UTF8.GetString(ReadFile(path)) : null;

    /// <summary>A stream on a regular file; never follows the last component, never blocks on a fifo.</summary>
    public FileStream OpenRead(ImagePath path)
    {
        var (directory, leaf) = Locate(path);
        using (directory)
        {
            using var file = Fd.Open(directory.Number, leaf, Flags.ReadOnly | Flags.NoFollow | Flags.NonBlock, Show(path));
            return StatOf(file, Bytes.OfRaw(""), Flags.AtEmptyPath, Show(path)).IsRegular
                ? file.Stream(FileAccess.Read)
                : throw UserError.Refused($"cannot read {Show(path)}: it is no regular file");
        }
    }

    /// <summary>The names in a directory (one byte per char), sorted by bytes, without "." and "..".</summary>
    public IReadOnlyList<string> List(ImagePath path)
    {
        using var directory = OpenDirectory(path);
        return ListOf(directory, Show(path));
    }

    internal static unsafe List<string> ListOf(Fd directory, string shown)
    {
        var names = new List<string>();
        var buffer = new byte[32768];
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var count = (int)Libc.syscall(Flags.SysGetdents64, directory.Number, start, (void*)buffer.Length, 0);
                if (count < 0)
                {
                    throw LinuxException.Last("list", shown);
                }

                if (count == 0)
                {
                    break;
                }

                // struct linux_dirent64: ino 8, off 8, reclen 2, type 1, name (getdents(2))
                for (var at = 0; at < count; at += *(ushort*)(start + at + 16))
                {
                    var name = Encoding.Latin1.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(start + at + 19));
                    if (name is not ("." or ".."))
                    {
                        names.Add(name);
                    }
                }
            }
        }

        names.Sort(string.CompareOrdinal);
        return names;
    }

    internal static FileFacts StatOf(Fd directory, ReadOnlySpan<byte> leaf, int flags, string shown) =>
        TryStatOf(directory, leaf, flags, shown) ?? throw new LinuxException("stat", shown, Errno.ENOENT);

    /// <summary>Null when there is nothing of that name: most of what a first run asks for, and an exception for each would cost more than the look.</summary>
    internal static unsafe FileFacts? TryStatOf(Fd directory, ReadOnlySpan<byte> leaf, int flags, string shown)
    {
        StatxBuffer s;
        if (Libc.statx(directory.Number, leaf, flags | Flags.AtSymlinkNoFollow, Flags.StatxBasic, &s) != 0)
        {
            return Marshal.GetLastPInvokeError() == Errno.ENOENT ? null : throw LinuxException.Last("stat", shown);
        }

        return new FileFacts(
            (FileKind)(s.Mode & 0xF000), s.Mode & 0xFFF, s.Uid, s.Gid, (long)s.Size, (long)s.Blocks, s.Inode, s.Links,
            s.DevMajor, s.DevMinor, s.RdevMajor, s.RdevMinor,
            (s.Mtime.Seconds * 1_000_000_000) + s.Mtime.Nanoseconds, (s.Ctime.Seconds * 1_000_000_000) + s.Ctime.Nanoseconds);
    }
}
