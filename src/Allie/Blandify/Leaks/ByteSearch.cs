using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Allie.Blandify.Leaks;

/// <summary>
/// Finds many strings in bytes at once. Three neighbouring bytes of each string are its print; two shuffles for each of the three tell for 16 or 32
/// places at once which of eight groups of strings may be there, and only those are compared. The way of Hyperscan's "Teddy" matcher.
/// </summary>
public sealed class ByteSearch
{
    /// <summary>The length of a print.</summary>
    public const int Shortest = 3;

    private const int Groups = 8;
    private readonly Pattern[][] _groups;
    private readonly byte[] _tables = new byte[Shortest * 2 * 16]; // for each place of the print: groups by low, then by high half of the byte
    private readonly byte[] _prints = new byte[Shortest * 256]; // the same by whole byte, exact

    /// <param name="terms">Their order numbers them in what is found.</param>
    public ByteSearch(IReadOnlyList<Term> terms)
    {
        var patterns = terms.Select((t, i) => Pattern.Of(t, i)).OrderBy(p => p.PrintText, StringComparer.Ordinal).ToArray();
        _groups = new Pattern[Groups][];
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
        // A print may lie anywhere in its string: prints of strings that begin in the range.
        var at = from;
        var end = Math.Min(data.Length - Shortest + 1, to + Longest);
        ref var start = ref MemoryMarshal.GetReference(data);
        ref var tables = ref MemoryMarshal.GetArrayDataReference(_tables);
        if (Avx2.IsSupported)
        {
            for (; at + 32 <= end; at += 32)
            {
                if (Candidates256(ref start, ref tables, at) is var candidates and not 0)
                {
                    Confirm(data, at, candidates, from, to, found);
                }
            }
        }

        if (Ssse3.IsSupported || AdvSimd.Arm64.IsSupported)
        {
            for (; at + 16 <= end; at += 16)
            {
                if (Candidates128(ref start, ref tables, at) is var candidates and not 0)
                {
                    Confirm(data, at, candidates, from, to, found);
                }
            }
        }

        for (; at < end; at++)
        {
            var groups = _prints[data[at]] & _prints[256 + data[at + 1]] & _prints[512 + data[at + 2]];
            if (groups != 0)
            {
                Compare(data, at, groups, from, to, found);
            }
        }
    }

    private void Enter(Pattern pattern, byte group)
    {
        for (var k = 0; k < Shortest; k++)
        {
            var b = pattern.Literal[pattern.PrintAt + k];
            ReadOnlySpan<byte> forms = pattern.AnyCase && char.IsAsciiLetterLower((char)b) ? [b, (byte)(b - 32)] : [b];
            foreach (var form in forms)
            {
                _tables[(k * 32) + (form & 15)] |= group;
                _tables[(k * 32) + 16 + (form >> 4)] |= group;
                _prints[(k * 256) + form] |= group;
            }
        }
    }

    /// <summary>A bit for each of the places that may hold a print.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Candidates256(ref byte start, ref byte tables, int at)
    {
        var half = Vector256.Create((byte)15);
        var groups = Vector256<byte>.AllBitsSet;
        for (var k = 0; k < Shortest; k++)
        {
            var bytes = Vector256.LoadUnsafe(ref start, (nuint)(at + k));
            var low = Vector128.LoadUnsafe(ref tables, (nuint)(k * 32));
            var high = Vector128.LoadUnsafe(ref tables, (nuint)((k * 32) + 16));
            groups &= Avx2.Shuffle(Vector256.Create(low, low), bytes & half)
                & Avx2.Shuffle(Vector256.Create(high, high), (bytes.AsUInt16() >> 4).AsByte() & half);
        }

        return ~Vector256.Equals(groups, Vector256<byte>.Zero).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Candidates128(ref byte start, ref byte tables, int at)
    {
        var half = Vector128.Create((byte)15);
        var groups = Vector128<byte>.AllBitsSet;
        for (var k = 0; k < Shortest; k++)
        {
            var bytes = Vector128.LoadUnsafe(ref start, (nuint)(at + k));
            groups &= Shuffle(Vector128.LoadUnsafe(ref tables, (nuint)(k * 32)), bytes & half)
                & Shuffle(Vector128.LoadUnsafe(ref tables, (nuint)((k * 32) + 16)), (bytes.AsUInt16() >> 4).AsByte() & half);
        }

        return ~Vector128.Equals(groups, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xffff;
    }

    /// <summary>Not Vector128.Shuffle: compiled ahead of time that was a loop, and nine tenths of the whole search.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Shuffle(Vector128<byte> table, Vector128<byte> places) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(table, places) : AdvSimd.Arm64.VectorTableLookup(table, places);

    private void Confirm(ReadOnlySpan<byte> data, int at, uint candidates, int from, int to, Action<int, int> found)
    {
        for (; candidates != 0; candidates &= candidates - 1)
        {
            var place = at + System.Numerics.BitOperations.TrailingZeroCount(candidates);
            var groups = _prints[data[place]] & _prints[256 + data[place + 1]] & _prints[512 + data[place + 2]];
            if (groups != 0)
            {
                Compare(data, place, groups, from, to, found);
            }
        }
    }

    private void Compare(ReadOnlySpan<byte> data, int print, int groups, int from, int to, Action<int, int> found)
    {
        for (; groups != 0; groups &= groups - 1)
        {
            foreach (var pattern in _groups[System.Numerics.BitOperations.TrailingZeroCount(groups)])
            {
                var start = print - pattern.PrintAt;
                if (start < from || start >= to || start + pattern.Literal.Length > data.Length)
                {
                    continue;
                }

                var there = data.Slice(start, pattern.Literal.Length);
                if (pattern.AnyCase ? Ascii.EqualsIgnoreCase(there, pattern.Literal) || SameFold(there, pattern.Literal) : there.SequenceEqual(pattern.Literal))
                {
                    found(pattern.Number, start);
                }
            }
        }
    }

    /// <summary>Ascii.EqualsIgnoreCase is false for every byte above 127, also for equal ones.</summary>
    private static bool SameFold(ReadOnlySpan<byte> there, byte[] lower)
    {
        for (var i = 0; i < lower.Length; i++)
        {
            var b = there[i];
            if ((b is >= (byte)'A' and <= (byte)'Z' ? b + 32 : b) != lower[i])
            {
                return false;
            }
        }

        return true;
    }

    private sealed record Pattern(int Number, byte[] Literal, bool AnyCase, int PrintAt)
    {
        internal string PrintText => Encoding.Latin1.GetString(Literal, PrintAt, Shortest);

        internal static Pattern Of(Term term, int number)
        {
            var literal = Encoding.Latin1.GetBytes(term.AnyCase ? Lower(term.Literal) : term.Literal);
            var at = Enumerable.Range(0, literal.Length - Shortest + 1).MinBy(i => Enumerable.Range(i, Shortest).Sum(k => Commonness(literal[k])));
            return new(number, literal, term.AnyCase, at);
        }

        private static string Lower(string text) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));

        /// <summary>How often a byte is met in what systems are made of, roughly: zeros, blanks and the common letters in most files, capitals and digits in fewer.</summary>
        private static int Commonness(byte b) => (char)b switch
        {
            '\0' => 40,
            ' ' or 'e' or 't' or 'a' or 'o' or 'i' or 'n' or 's' or 'r' => 12,
            >= 'a' and <= 'z' or '-' or '_' or '.' or '/' or '=' or '\n' => 8,
            '0' or '1' => 5,
            >= 'A' and <= 'Z' => 4,
            >= '0' and <= '9' => 3,
            _ => 4,
        };
    }
}
