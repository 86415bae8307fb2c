using Allie.Blandify.Leaks;
using Allie.Files;

namespace Allie.Linux.Blandify.Leaks;

/// <summary>Judges what the search found in one entry of the tree: each kind of it once, with its first place and a count.</summary>
internal sealed class LeakFinds(LeakTerms terms, byte[] buffer)
{
    /// <summary>Bytes before a find that are kept to judge it: the beginning of its line.</summary>
    internal const int Behind = 512;

    private readonly List<(string Kind, string Shown, bool IsIdentity, long Offset, int Count)> _found = [];
    private ImagePath _path;
    private string? _place;
    private bool? _isOfPackages;
    private int _filled;
    private long _offset;

    /// <param name="path">What is looked at next.</param>
    /// <param name="place">What a report says of where in it; null for a line.</param>
    internal void Begin(ImagePath path, string? place = null)
    {
        (_path, _place, _isOfPackages) = (path, place, null);
        _found.Clear();
    }

    /// <summary>The buffer holds this many bytes, the first of which is at this offset of the file.</summary>
    internal void Look(int filled, long offset) => (_filled, _offset) = (filled, offset);

    internal void Judge(int number, int at)
    {
        var term = terms[number];
        if (term.OnlySiteFiles && (_isOfPackages ??= SitePlaces.IsOfPackages(_path)))
        {
            return;
        }

        var before = buffer.AsSpan(0, at);
        var found = buffer.AsSpan(at, term.Literal.Length);
        var after = buffer.AsSpan(at + term.Literal.Length, _filled - at - term.Literal.Length);
        if (!TermEdges.Fit(term.Edge, before, after) || (term.IsIdentity ? MayStand(term, before) : _place is not null || !PrivateKeys.IsOne(before, found, after)))
        {
            return;
        }

        var kind = term.IsIdentity ? term.Kind : PrivateKeys.KindAt(_path);
        var known = _found.FindIndex(f => f.Kind == kind);
        if (known < 0)
        {
            _found.Add((kind, term.Shown, term.IsIdentity, _offset + at, 1));
        }
        else
        {
            _found[known] = _found[known] with { Count = _found[known].Count + 1 };
        }
    }

    internal void Report(Action<Leak> report, Func<long, string>? lineAt)
    {
        foreach (var (kind, shown, isIdentity, offset, count) in _found)
        {
            var place = _place ?? lineAt?.Invoke(offset) ?? "in what it will hold";
            report(new(_path, kind, $"{place}: {RawName.Display(shown)}{(count > 1 ? $" ({count} times)" : "")}", isIdentity));
        }
    }

    private bool MayStand(Term term, Span<byte> before)
    {
        var line = buffer.AsSpan(before.LastIndexOf((byte)'\n') + 1, _filled - before.LastIndexOf((byte)'\n') - 1);
        return SitePlaces.MayStand(_path, term.Kind, line);
    }
}
