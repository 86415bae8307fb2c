using System.Runtime.InteropServices;
using Allie.Linux.Native;

namespace Allie.Linux.Slots;

/// <summary>
/// Copies ranges of bytes from one device to the same places of another: the next piece is read while the last is written, and both past
/// the page cache, which would copy each byte twice more and throw out what the people at the PC work with.
/// </summary>
internal sealed unsafe class BlockCopy : IDisposable
{
    private const int BufferBytes = 4 << 20;

    private readonly Fd _source;
    private readonly Fd _target;
    private readonly string _from;
    private readonly string _to;
    private byte* _reading = (byte*)NativeMemory.AlignedAlloc(BufferBytes, Fd.DirectUnit);
    private byte* _written = (byte*)NativeMemory.AlignedAlloc(BufferBytes, Fd.DirectUnit);
    private Task _writing = Task.CompletedTask;

    private BlockCopy(Fd source, Fd target, string from, string to) => (_source, _target, _from, _to) = (source, target, from, to);

    /// <param name="source">A device.</param>
    /// <param name="target">Another.</param>
    /// <param name="ranges">In order, each of whole sectors.</param>
    /// <param name="from">The source's name.</param>
    /// <param name="to">The target's name.</param>
    /// <exception cref="LinuxException">Either device failed, or the source is shorter.</exception>
    internal static void Ranges(Fd source, Fd target, IEnumerable<(long From, long To)> ranges, string from, string to)
    {
        source.PastCache(true);
        target.PastCache(true);
        using (var copy = new BlockCopy(source, target, from, to))
        {
            foreach (var (begin, end) in ranges)
            {
                copy.Range(begin, end);
            }

            copy.Written();
        }

        source.PastCache(false);
        target.PastCache(false);
    }

    public void Dispose()
    {
        ((IAsyncResult)_writing).AsyncWaitHandle.WaitOne(); // also when reading failed: until then the memory is in use
        NativeMemory.AlignedFree(_reading);
        NativeMemory.AlignedFree(_written);
    }

    private void Range(long begin, long end)
    {
        _source.Seek(begin, _from);
        int count;
        for (var at = begin; at < end; at += count)
        {
            count = _source.Read(new(_reading, (int)Math.Min(BufferBytes, end - at)), _from);
            if (count == 0)
            {
                throw new LinuxException("read", _from, Errno.EIO);
            }

            Written();
            var read = _reading;
            _reading = _written;
            _written = read;
            var (place, length) = (at, count);
            _writing = Task.Run(() => Write(place, length));
        }
    }

    private void Write(long at, int count)
    {
        _target.Seek(at, _to);
        _target.Write(new(_written, count), _to);
    }

    private void Written() => _writing.GetAwaiter().GetResult();
}
