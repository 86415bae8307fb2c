namespace Allie.Blandify;

/// <summary>The lines that differ between two texts, for people: "-old", "+new". Not a patch: it has no line numbers.</summary>
public static class LineDiff
{
    private const int MostCells = 4_000_000; // beyond, the middle is shown as all gone and all new

    public static IReadOnlyList<string> Between(string before, string after) =>
        [.. Script(Lines(before), Lines(after)).Where(l => l[0] != ' ')];

    /// <summary>All lines of both: " kept", "-old", "+new".</summary>
    public static IReadOnlyList<string> Script(string[] left, string[] right)
    {
        var head = left.Zip(right).TakeWhile(p => p.First == p.Second).Count();
        var tail = left[head..].Reverse().Zip(right[head..].Reverse()).TakeWhile(p => p.First == p.Second).Count();
        return
        [
            .. left[..head].Select(l => " " + l),
            .. Middle(left[head..(left.Length - tail)], right[head..(right.Length - tail)]),
            .. left[(left.Length - tail)..].Select(l => " " + l),
        ];
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

    /// <summary>By the longest common subsequence.</summary>
    private static List<string> Middle(string[] left, string[] right)
    {
        if ((long)left.Length * right.Length > MostCells)
        {
            return [.. left.Select(l => "-" + l), .. right.Select(l => "+" + l)];
        }

        var common = new int[left.Length + 1, right.Length + 1];
        for (var i = left.Length - 1; i >= 0; i--)
        {
            for (var j = right.Length - 1; j >= 0; j--)
            {
                common[i, j] = left[i] == right[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var result = new List<string>();
        var (a, b) = (0, 0);
        while (a < left.Length || b < right.Length)
        {
            if (a < left.Length && b < right.Length && left[a] == right[b])
            {
                result.Add(" " + left[a]);
                (a, b) = (a + 1, b + 1);
            }
            else if (b == right.Length || (a < left.Length && common[a + 1, b] >= common[a, b + 1]))
            {
                result.Add("-" + left[a++]);
            }
            else
            {
                result.Add("+" + right[b++]);
            }
        }

        return result;
    }
}
