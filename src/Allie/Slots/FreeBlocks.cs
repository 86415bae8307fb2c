using System.Globalization;
using System.Text.RegularExpressions;

namespace Allie.Slots;

/// <summary>What dumpe2fs(8) tells of the free blocks of an ext4, turned round: the ranges that a copy must carry.</summary>
public static partial class FreeBlocks
{
    /// <returns>Ranges of bytes, in order, that together hold every block in use; null when the text is not dumpe2fs's.</returns>
    public static IReadOnlyList<(long From, long To)>? UsedRanges(string dump)
    {
        if (Number(dump, "Block count") is not { } blocks || Number(dump, "Block size") is not { } size)
        {
            return null;
        }

        var used = new List<(long, long)>();
        var at = 0L;
        foreach (var (first, last) in Free().Matches(dump).SelectMany(m => Ranges(m.Groups[1].Value)).Order())
        {
            if (first > at)
            {
                used.Add((at * size, first * size));
            }

            at = Math.Max(at, last + 1);
        }

        if (at < blocks)
        {
            used.Add((at * size, blocks * size));
        }

        return used;
    }

    private static IEnumerable<(long, long)> Ranges(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(r => r.Split('-')).Select(r => (Parse(r[0]), Parse(r[^1])));

    private static long? Number(string dump, string name) =>
        Regex.Match(dump, $@"^{name}:\s+([0-9]+)$", RegexOptions.Multiline) is { Success: true } match ? Parse(match.Groups[1].Value) : null;

    private static long Parse(string number) => long.Parse(number, CultureInfo.InvariantCulture);

    /// <summary>Of each group, indented; the line of the whole file system begins at the margin.</summary>
    [GeneratedRegex(@"^ +Free blocks: *([0-9, -]*)$", RegexOptions.Multiline)]
    private static partial Regex Free();
}
