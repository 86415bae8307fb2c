using System.IO.Hashing;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Images.Digests;

/// <summary>
/// A regular file that is read once, from its beginning to its end. Reading leaves access times alone where that is allowed: else it would
/// write to every inode of an image that was not read for a day. A large file that is not in memory stays out of the page cache: it would
/// be copied once more, and push out what the people at the PC work with.
/// </summary>
internal sealed unsafe class OpenContent : IDisposable
{
    private const int BufferBytes = 256 * 1024; // what fits is read in one go
    private const int LargeBytes = DiskReads.LargestBytes; // up to here it is asked for ahead; above, past the page cache: measured against 16, 32, 128 and 256 KiB
    private const int Quiet = Flags.ReadOnly | Flags.NoFollow | Flags.NonBlock;

    [ThreadStatic]
    private static byte[]? buffer;

    private OpenContent(Fd file, string shown, bool isDirect = false)
    {
        File = file;
        IsDirect = isDirect;
        Facts = ImageRoot.StatOf(file, Bytes.OfRaw(""), Flags.AtEmptyPath, shown);
    }

    internal Fd File { get; }

    internal FileFacts Facts { get; }

    /// <summary>It is read past the page cache.</summary>
    internal bool IsDirect { get; private set; }

    internal static OpenContent Open(Fd directory, byte[] leaf, string shown) =>
        new(TryOpen(directory, leaf) ?? Fd.Open(directory.Number, leaf, Quiet, shown), shown);

    /// <summary>Opens it and asks the disk for it without waiting. Null: it cannot be opened; whoever reads it by its name is told why.</summary>
    internal static OpenContent? TryAsk(Fd directory, byte[] leaf, string shown)
    {
        const int WillNeed = 3; // posix_fadvise(2)
        if (TryOpen(directory, leaf) is not { } file)
        {
            return null;
        }

        var content = new OpenContent(file, shown);
        if (content.Facts.Size is > 0 and <= LargeBytes)
        {
            _ = Libc.posix_fadvise(file.Number, 0, LargeBytes, WillNeed);
        }

        return content;
    }

    /// <summary>As <see cref="TryAsk"/>, for <see cref="DiskReads"/> to read it, or for <see cref="Hash"/>.</summary>
    internal static OpenContent? TryOpenPastCache(Fd directory, byte[] leaf, string shown) =>
        TryOpen(directory, leaf, Flags.Direct) is { } file ? new(file, shown, isDirect: true) : TryAsk(directory, leaf, shown);

    /// <summary>Of all its bytes; 0 when it has none.</summary>
    internal ulong Hash(string shown)
    {
        if (Facts.Size == 0)
        {
            return 0;
        }

        var memory = Aligned();
        if (!IsDirect && Facts.Size > LargeBytes && !File.IsInMemory())
        {
            PastCache(true);
        }

        var done = ReadFirst(memory, shown);
        if (done == Facts.Size)
        {
            return XxHash3.HashToUInt64(memory[..done]);
        }

        var hash = new XxHash3();
        hash.Append(memory[..done]);
        for (long all = done; done > 0 && all < Facts.Size; all += done)
        {
            if (all % Fd.DirectUnit != 0)
            {
                PastCache(false); // it gave less than was asked for
            }

            done = File.Read(memory, shown);
            hash.Append(memory[..done]);
        }

        return hash.GetCurrentHashAsUInt64();
    }

    public void Dispose() => File.Dispose();

    private int ReadFirst(Span<byte> memory, string shown)
    {
        try
        {
            return File.Read(memory, shown);
        }
        catch (LinuxException e) when (IsDirect && e.Errno == Errno.EINVAL)
        {
            PastCache(false); // a file system that wants it aligned in another way
            return File.Read(memory, shown);
        }
    }

    private void PastCache(bool direct)
    {
        File.PastCache(direct);
        IsDirect = direct;
    }

    private static Fd? TryOpen(Fd directory, byte[] leaf, int more = 0) =>
        Fd.TryOpen(directory.Number, leaf, Quiet | Flags.NoAccessTime | more, out _) ?? Fd.TryOpen(directory.Number, leaf, Quiet | more, out _);

    private static Span<byte> Aligned()
    {
        buffer ??= GC.AllocateUninitializedArray<byte>(BufferBytes + Fd.DirectUnit, pinned: true);
        fixed (byte* start = buffer)
        {
            return buffer.AsSpan((int)(-(nint)start & (Fd.DirectUnit - 1)), BufferBytes);
        }
    }
}
