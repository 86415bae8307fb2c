using System.Runtime.InteropServices;
using System.Text;
using Allie.Blandify;
using Allie.Blandify.Leaks;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Blandify.Leaks;

/// <summary>One thread's reading of names, link targets and files, a piece at a time.</summary>
internal sealed class LeakReading
{
    private const int Piece = 1 << 17;
    private const int LargestText = 4 << 20;

    private readonly ImageRoot _root;
    private readonly LeakTerms _terms;
    private readonly PackedFiles? _packed;
    private readonly Action<Leak> _report;
    private readonly byte[] _buffer;
    private readonly Action<int, int> _judge;
    private readonly LeakFinds _finds;

    internal LeakReading(ImageRoot root, LeakTerms terms, PackedFiles? packed, Action<Leak> report)
    {
        (_root, _terms, _packed, _report) = (root, terms, packed, report);
        _buffer = new byte[Piece + LeakFinds.Behind + terms.Ahead];
        _finds = new(terms, _buffer);
        _judge = _finds.Judge;
    }

    /// <summary>The last component alone: those before it were looked at in their own turn.</summary>
    internal void Name(ImagePath path) => Whole(path, path.Name, "in its name");

    internal void Link(ImagePath path, string target) => Whole(path, target, "in the link's target");

    /// <summary>What a change that is only planned will put there.</summary>
    internal void Made(TreeChange change)
    {
        if (change.Kind == TreeAction.Link)
        {
            Link(change.Path, change.After!);
            return;
        }

        var text = change.After ?? "";
        Text(change.Path, text);
        _finds.Begin(change.Path);
        for (var at = 0; at < text.Length; at += Piece)
        {
            var begin = Math.Max(0, at - LeakFinds.Behind);
            Load(text[begin..Math.Min(text.Length, at + Piece + _terms.Ahead)], at - begin, Math.Min(Piece, text.Length - at), begin);
        }

        _finds.Report(_report, null);
    }

    internal void File(Fd directory, string name, ImagePath path)
    {
        using var file = Open(directory, name, path);
        var facts = ImageRoot.StatOf(file, Bytes.OfRaw(""), Flags.AtEmptyPath, _root.Show(path));
        if (!facts.IsRegular || facts.Size == 0)
        {
            return;
        }

        if (SecretFiles.ByName(path) is { } secret)
        {
            _report(secret);
        }

        if (facts.Size <= LargestText && SecretFiles.IsTelling(path))
        {
            Text(path, All(file, (int)facts.Size, path));
            _ = Libc.lseek(file.Number, 0, 0);
        }

        _finds.Begin(path);
        if (facts.IsSparse)
        {
            Extents(file, facts.Size, path);
        }
        else
        {
            Extent(file, 0, facts.Size, path);
        }

        var seen = new HashSet<string>(); // packers leave short texts as they are
        _finds.Report(leak => Report(leak, seen), offset => LineAt(file, offset, path));
        _packed?.Look(file, path, source =>
        {
            _finds.Begin(path);
            Extent(source, 0, long.MaxValue);
            _finds.Report(leak => Report(leak, seen), offset => $"byte {offset} of what it unpacks to");
        });
    }

    private void Report(Leak leak, HashSet<string> seen)
    {
        if (seen.Add(leak.Kind))
        {
            _report(leak);
        }
    }

    private void Text(ImagePath path, string text)
    {
        if (SecretFiles.IsTelling(path) && SecretFiles.InText(path, text) is { } leak)
        {
            _report(leak);
        }
    }

    private void Whole(ImagePath path, string text, string place)
    {
        _finds.Begin(path, place);
        Load(text, 0, text.Length, 0);
        _finds.Report(_report, null);
    }

    /// <summary>What begins within <paramref name="length"/> bytes from <paramref name="from"/> on is searched.</summary>
    private void Load(string text, int from, int length, long offset)
    {
        var filled = Encoding.Latin1.GetBytes(text, _buffer);
        _finds.Look(filled, offset);
        _terms.Search.Search(_buffer.AsSpan(0, filled), from, from + length, _judge);
    }

    /// <summary>O_NOATIME needs to be the owner or privileged (open(2)); nothing but a time of access depends on it.</summary>
    private Fd Open(Fd directory, string name, ImagePath path)
    {
        const int Quiet = Flags.ReadOnly | Flags.NoFollow | Flags.NonBlock;
        var leaf = Bytes.OfRaw(name);
        return Fd.TryOpen(directory.Number, leaf, Quiet | Flags.NoAccessTime, out var errno)
            ?? (errno == Errno.EPERM ? Fd.Open(directory.Number, leaf, Quiet, _root.Show(path)) : throw new LinuxException("open", _root.Show(path), errno));
    }

    /// <summary>Data only: holes are zeros and hold nothing (lseek(2) SEEK_DATA).</summary>
    private void Extents(Fd file, long size, ImagePath path)
    {
        for (long at = 0; at < size;)
        {
            var start = Libc.lseek(file.Number, at, Flags.SeekData);
            if (start < 0)
            {
                if (Marshal.GetLastPInvokeError() != Errno.EINVAL)
                {
                    return; // ENXIO: only a hole is left
                }

                start = at; // a file system that knows no holes
            }

            var end = Libc.lseek(file.Number, start, Flags.SeekHole);
            end = end <= start ? size : end;
            _ = Libc.lseek(file.Number, start, 0);
            Extent(file, start, end, path);
            at = end;
        }
    }

    private void Extent(Fd file, long start, long end, ImagePath path) => Extent(buffer => file.Read(buffer, _root.Show(path)), start, end);

    /// <summary>From here to there, a piece at a time. What has been seen stays before each piece as far as a find needs it, so that no border hides one.</summary>
    private void Extent(PackedFiles.Source source, long start, long end)
    {
        var (filled, from, offset) = (0, 0, start); // offset: of the buffer's first byte
        while (true)
        {
            var room = (int)Math.Min(_buffer.Length - filled, end - offset - filled);
            var count = room == 0 ? 0 : source(_buffer.AsSpan(filled, room));
            filled += count;
            var isLast = count == 0 || offset + filled >= end;
            if (!isLast && filled < _buffer.Length)
            {
                continue;
            }

            var to = isLast ? filled : filled - _terms.Ahead;
            _finds.Look(filled, offset);
            _terms.Search.Search(_buffer.AsSpan(0, filled), from, to, _judge);
            if (isLast)
            {
                return;
            }

            var kept = to - LeakFinds.Behind;
            _buffer.AsSpan(kept, filled - kept).CopyTo(_buffer);
            (filled, from, offset) = (filled - kept, to - kept, offset + kept);
        }
    }

    private string All(Fd file, int size, ImagePath path)
    {
        var content = new byte[size];
        var at = 0;
        while (at < size && file.Read(content.AsSpan(at), _root.Show(path)) is var count and > 0)
        {
            at += count;
        }

        return Encoding.Latin1.GetString(content, 0, at);
    }

    /// <summary>"line 12" of a text, "byte 4096" of anything else and of what is too long to count.</summary>
    private string LineAt(Fd file, long offset, ImagePath path)
    {
        if (offset > LargestText)
        {
            return $"byte {offset}";
        }

        _ = Libc.lseek(file.Number, 0, 0);
        var before = Encoding.Latin1.GetBytes(All(file, (int)offset, path));
        return before.AsSpan().Contains((byte)0) ? $"byte {offset}" : $"line {before.AsSpan().Count((byte)'\n') + 1}";
    }
}
