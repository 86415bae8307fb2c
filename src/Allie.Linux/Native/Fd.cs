using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Allie.Linux.Native;

/// <summary>An owned file descriptor and the plain calls on it. Paths here are NUL-terminated bytes relative to the descriptor.</summary>
internal sealed unsafe class Fd : IDisposable
{
    private readonly bool _isLent;
    private int _number;

    private Fd(int number, bool isLent = false) => (_number, _isLent) = (number, isLent);

    internal int Number => _number >= 0 ? _number : throw new ObjectDisposedException(nameof(Fd));

    internal static Fd Open(int dirfd, ReadOnlySpan<byte> path, int flags, string shown, uint mode = 0)
    {
        return TryOpen(dirfd, path, flags, out var errno, mode) ?? throw new LinuxException("open", shown, errno);
    }

    internal static Fd? TryOpen(int dirfd, ReadOnlySpan<byte> path, int flags, out int errno, uint mode = 0)
    {
        int number;
        do
        {
            number = Libc.openat(dirfd, path, flags | Flags.CloseOnExec, mode);
            errno = number < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
        while (errno == Native.Errno.EINTR);

        return number < 0 ? null : new Fd(number);
    }

    internal static Fd Own(int number) => new(number);

    /// <summary>The same descriptor for a while: disposing what is lent leaves it open.</summary>
    internal Fd Lend() => new(Number, isLent: true);

    internal Fd Duplicate() =>
        Libc.fcntl(Number, Flags.DuplicateCloseOnExec, 0) is var copy and >= 0 ? new(copy) : throw LinuxException.Last("duplicate", $"descriptor {Number}");

    internal void Write(ReadOnlySpan<byte> data, string shown)
    {
        fixed (byte* start = data)
        {
            nint done = 0;
            while (done < data.Length)
            {
                var count = Libc.write(Number, start + done, data.Length - done);
                if (count >= 0)
                {
                    done += count;
                }
                else if (Marshal.GetLastPInvokeError() is var errno and not Native.Errno.EINTR)
                {
                    throw new LinuxException("write", shown, errno);
                }
            }
        }
    }

    /// <summary>Up to the buffer's length; 0 at the end of the file.</summary>
    internal int Read(Span<byte> buffer, string shown)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var count = Libc.read(Number, start, buffer.Length);
                if (count >= 0)
                {
                    return (int)count;
                }

                if (Marshal.GetLastPInvokeError() is var errno and not Native.Errno.EINTR)
                {
                    throw new LinuxException("read", shown, errno);
                }
            }
        }
    }

    internal void Sync(string shown)
    {
        if (Libc.fsync(Number) != 0)
        {
            throw LinuxException.Last("sync", shown);
        }
    }

    internal void Seek(long at, string shown)
    {
        if (Libc.lseek(Number, at, Flags.SeekSet) != at)
        {
            throw LinuxException.Last("seek in", shown);
        }
    }

    /// <summary>What memory, place and length of direct access are multiples of: no sector is larger.</summary>
    internal const int DirectUnit = 4096;

    /// <summary>Whether reads and writes go past the page cache; memory, place and length are whole sectors then (<see cref="DirectUnit"/>). What cannot do it goes on as before.</summary>
    internal void PastCache(bool direct)
    {
        var flags = Libc.fcntl(Number, Flags.GetStatusFlags, 0);
        _ = Libc.fcntl(Number, Flags.SetStatusFlags, direct ? flags | Flags.Direct : flags & ~Flags.Direct);
    }

    /// <summary>Its first byte can be had without the disk. True as well where nobody can tell.</summary>
    internal bool IsInMemory()
    {
        const int NoWait = 8; // RWF_NOWAIT of preadv2(2)
        byte first;
        var place = new IoVector { Start = &first, Length = 1 };
        return Libc.preadv2(Number, &place, 1, 0, NoWait) >= 0 || Marshal.GetLastPInvokeError() != Native.Errno.EAGAIN;
    }

    /// <summary>A stream over a duplicate; dispose it by itself.</summary>
    internal FileStream Stream(FileAccess access) => new(new SafeFileHandle(Duplicate().Release(), true), access, 1);

    public void Dispose()
    {
        if (_number >= 0 && !_isLent)
        {
            _ = Libc.close(_number);
        }

        _number = -1;
    }

    private int Release()
    {
        var number = Number;
        _number = -1;
        return number;
    }
}
