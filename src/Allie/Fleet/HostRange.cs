using System.Globalization;

namespace Allie.Fleet;

/// <summary>Writes names of PCs as short as the hosts file takes them: pc01, pc02, pc03 is pc[01-03].</summary>
public static class HostRange
{
    /// <param name="word">The word that the names come from: pc[01-40], or one name.</param>
    /// <param name="names">Some of its names.</param>
    /// <returns>Words in order, each for the names of one line.</returns>
    public static IReadOnlyList<string> Compress(string word, IReadOnlyCollection<string> names)
    {
        if (!word.Contains('['))
        {
            return [.. names];
        }

        var (head, rest) = (word[..word.IndexOf('[')], word[(word.IndexOf('[') + 1)..]);
        var (range, tail) = (rest[..rest.IndexOf(']')], rest[(rest.IndexOf(']') + 1)..]);
        var width = range[..range.IndexOf('-')].Length;
        var numbers = names.Select(n => int.Parse(n.AsSpan(head.Length, n.Length - head.Length - tail.Length), CultureInfo.InvariantCulture)).Order().ToList();
        var words = new List<string>();
        for (var i = 0; i < numbers.Count;)
        {
            var last = i;
            while (last + 1 < numbers.Count && numbers[last + 1] == numbers[last] + 1)
            {
                last++;
            }

            var (low, high) = (Padded(numbers[i], width), Padded(numbers[last], width));
            words.Add(last == i ? head + low + tail : $"{head}[{low}-{high}]{tail}");
            i = last + 1;
        }

        return words;
    }

    private static string Padded(int number, int width) => number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
}
