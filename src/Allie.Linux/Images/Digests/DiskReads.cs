using System.IO.Hashing;
using System.Runtime.InteropServices;
using Allie.Linux.Native;

namespace Allie.Linux.Images.Digests;

/// <summary>
/// Reads many small files whole with one call, past the page cache (io_submit(2)): the disk serves them together, and nothing is put into
/// memory that nobody asks for again. For one thread.
/// </summary>
internal sealed unsafe class DiskReads : IDisposable
{
    internal const int LargestBytes = 64 * 1024;

    private const int Most = 128;
    private const int PoolBytes = 1 << 20;

    private readonly nint _context;
    private readonly byte* _pool = (byte*)NativeMemory.AlignedAlloc(PoolBytes, Fd.DirectUnit);

    private DiskReads(nint context) => _context = context;

    /// <summary>Null where the kernel has no such calls.</summary>
    internal static DiskReads? TryMake()
    {
        const int Setup = 206; // io_setup on x86-64
        nint context = 0;
        return RuntimeInformation.ProcessArchitecture == Architecture.X64 && Libc.syscall5(Setup, Most, (nint)(&context), 0, 0, 0) == 0 ? new(context) : null;
    }

    /// <summary>Waits for all that is under way: until then the memory is in use.</summary>
    public void Dispose()
    {
        const int Destroy = 207; // io_destroy
        _ = Libc.syscall5(Destroy, _context, 0, 0, 0, 0);
        NativeMemory.AlignedFree(_pool);
    }

    /// <returns>The hash of each content; null where it is not read yet: too large, no file, not what it said its size is. Whoever reads it is told why.</returns>
    internal ulong?[] Hashes(IReadOnlyList<OpenContent?> files)
    {
        var hashes = new ulong?[files.Count];
        var requests = stackalloc AsyncRead[Most];
        var (count, used) = (0, 0);
        for (var i = 0; i < files.Count; i++)
        {
            if (files[i] is not { IsDirect: true, Facts.Size: > 0 and <= LargestBytes } file)
            {
                continue;
            }

            var room = ((int)file.Facts.Size + Fd.DirectUnit - 1) & ~(Fd.DirectUnit - 1);
            if (count == Most || used + room > PoolBytes)
            {
                Carry(requests, count, files, hashes);
                (count, used) = (0, 0);
            }

            requests[count++] = new() { Data = i, File = file.File.Number, Buffer = _pool + used, Bytes = room };
            used += room;
        }

        Carry(requests, count, files, hashes);
        return hashes;
    }

    private void Carry(AsyncRead* requests, int count, IReadOnlyList<OpenContent?> files, ulong?[] hashes)
    {
        const int Submit = 209; // io_submit
        var places = stackalloc AsyncRead*[Most];
        for (var i = 0; i < count; i++)
        {
            places[i] = requests + i;
        }

        // Fewer than asked for: the first of the rest cannot be read so.
        var left = count > 0 ? (int)Libc.syscall5(Submit, _context, count, (nint)places, 0, 0) : 0;
        while (left > 0)
        {
            left -= Await(left, files, hashes);
        }
    }

    private int Await(int most, IReadOnlyList<OpenContent?> files, ulong?[] hashes)
    {
        const int GetEvents = 208; // io_getevents
        var done = stackalloc AsyncDone[Most];
        var got = (int)Libc.syscall5(GetEvents, _context, 1, most, (nint)done, 0);
        if (got < 0 && Marshal.GetLastPInvokeError() is var errno and not Errno.EINTR)
        {
            throw new LinuxException("wait for", "the disk", errno);
        }

        for (var i = 0; i < got; i++)
        {
            var at = (int)done[i].Data;
            var size = files[at]!.Facts.Size;
            hashes[at] = done[i].Result == size ? XxHash3.HashToUInt64(new ReadOnlySpan<byte>(done[i].Request->Buffer, (int)size)) : null;
        }

        return Math.Max(got, 0);
    }
}
