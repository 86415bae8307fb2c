using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Allie.Blandify.Leaks;

/// <summary>
/// Finds many strings in bytes at once. Three neighbouring bytes of each string, the rarest, are its print; a table of all pairs of bytes tells whether the first two
/// of any print may be at a place, four places at a time, and only then is the third looked at, and the string compared. No vector instructions: those that
/// this needs (SSSE3) are not in the binary's baseline, and compiled ahead of time the portable ones were five times slower than the table.
/// </summary>
public sealed class ByteSearch
{
    /// <summary>The length of a print.</summary>
    public const int Shortest = 3;

    private const int Groups = 8;
    private readonly Pattern[][] _groups = new Pattern[Groups][];
    private readonly byte[] _pairs = new byte[1 << 16]; // by first byte and, times 256, second: a bit for each group that has such a print
    private readonly byte[] _third = new byte[256];

    /// <param name="terms">Their order numbers them in what is found.</param>
    public ByteSearch(IReadOnlyList<Term> terms)
    {
        var patterns = terms.Select((t, i) => Pattern.Of(t, i)).OrderBy(p => p.PrintText, StringComparer.Ordinal).ToArray();
        for (var g = 0; g < Groups; g++)
        {
            _groups[g] = patterns[(patterns.Length * g / Groups)..(patterns.Length * (g + 1) / Groups)];
            foreach (var pattern in _groups[g])
            {
                Enter(pattern, (byte)(1 << g));
            }
        }

        Longest = patterns.Length == 0 ? 0 : patterns.Max(p => p.Literal.Length);
    }

    public int Longest { get; }

    /// <summary>Calls <paramref name="found"/> with term and place for every term that begins at or after <paramref name="from"/> and before <paramref name="to"/>.</summary>
    public void Search(ReadOnlySpan<byte> data, int from, int to, Action<int, int> found)
    {
        // Strings that begin in the range have their prints in it or up to a string's length behind it.
        var end = Math.Min(data.Length - Shortest + 1, to + Longest);
        ref var start = ref MemoryMarshal.GetReference(data);
        ref var pairs = ref MemoryMarshal.GetArrayDataReference(_pairs);
        var at = from;
        for (; at + 4 < end; at += 4)
        {
            var four = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, at));
            var last = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref start, at + 3));
            if ((Unsafe.Add(ref pairs, four & 0xffff) | Unsafe.Add(ref pairs, (four >> 8) & 0xffff) | Unsafe.Add(ref pairs, four >> 16) | Unsafe.Add(ref pairs, (uint)last)) != 0)
            {
                Look(data, at, at + 4, from, to, found);
            }
        }

        Look(data, at, end, from, to, found);
    }

    private void Enter(Pattern pattern, byte group)
    {
        var print = pattern.Literal.AsSpan(pattern.PrintAt, Shortest);
        foreach (var first in Forms(print[0], pattern.AnyCase))
        {
            foreach (var second in Forms(print[1], pattern.AnyCase))
            {
                _pairs[first | (second << 8)] |= group;
            }
        }

        foreach (var third in Forms(print[2], pattern.AnyCase))
        {
            _third[third] |= group;
        }
    }

    private static byte[] Forms(byte b, bool anyCase) => anyCase && b is >= (byte)'a' and <= (byte)'z' ? [b, (byte)(b - 32)] : [b];

    private void Look(ReadOnlySpan<byte> data, int at, int end, int from, int to, Action<int, int> found)
    {
        for (; at < end; at++)
        {
            var groups = _pairs[data[at] | (data[at + 1] << 8)] & _third[data[at + 2]];
            for (; groups != 0; groups &= groups - 1)
            {
                foreach (var pattern in _groups[System.Numerics.BitOperations.TrailingZeroCount(groups)])
                {
                    var start = at - pattern.PrintAt;
                    if (start >= from && start < to && start + pattern.Literal.Length <= data.Length && pattern.IsAt(data[start..]))
                    {
                        found(pattern.Number, start);
                    }
                }
            }
        }
    }

    private sealed record Pattern(int Number, byte[] Literal, bool AnyCase, int PrintAt)
    {
        internal string PrintText => Encoding.Latin1.GetString(Literal, PrintAt, Shortest);

        internal static Pattern Of(Term term, int number)
        {
            var literal = Encoding.Latin1.GetBytes(term.Literal);
            if (term.AnyCase)
            {
                literal = [.. literal.Select(Lower)];
            }

            var at = Enumerable.Range(0, literal.Length - Shortest + 1).MinBy(i => Enumerable.Range(i, Shortest).Sum(k => Commonness(literal[k])));
            return new(number, literal, term.AnyCase, at);
        }

        /// <summary>Not Ascii.EqualsIgnoreCase: that is false for every byte above 127, also for equal ones.</summary>
        internal bool IsAt(ReadOnlySpan<byte> there)
        {
            if (!AnyCase)
            {
                return there.StartsWith(Literal);
            }

            for (var i = 0; i < Literal.Length; i++)
            {
                if (Lower(there[i]) != Literal[i])
                {
                    return false;
                }
            }

            return true;
        }

        private static byte Lower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b + 32) : b;

        /// <summary>How often a byte is met in what systems are made of, roughly: zeros, blanks and the common letters in most files, capitals and digits in fewer.</summary>
        private static int Commonness(byte b) => (char)b switch
        {
            '\0' => 40,
            ' ' or 'e' or 't' or 'a' or 'o' or 'i' or 'n' or 's' or 'r' => 12,
            >= 'a' and <= 'z' or '-' or '_' or '.' or '/' or '=' or '\n' => 8,
            '0' or '1' => 5,
            >= '0' and <= '9' => 3,
            _ => 4,
        };
    }
}
