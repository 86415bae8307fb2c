using Allie.Blandify;

namespace Allie.Overlays.Diff;

/// <summary>Two texts as patch(1) reads them: hunks with line numbers and three lines around. One byte per char.</summary>
public static class UnifiedDiff
{
    private const int Around = 3;
    private const string NoNewline = "\n\\ No newline at end of file";

    /// <summary>Without the --- and +++ lines; empty when the texts are the same.</summary>
    public static IReadOnlyList<string> Between(string before, string after)
    {
        var script = LineDiff.Script(Lines(before), Lines(after));
        var result = new List<string>();
        foreach (var (first, end) in Hunks(script))
        {
            var hunk = script.Skip(first).Take(end - first).ToList();
            var (left, right) = (script.Take(first).Count(l => l[0] != '+'), script.Take(first).Count(l => l[0] != '-'));
            result.Add($"@@ -{Range(left, hunk.Count(l => l[0] != '+'))} +{Range(right, hunk.Count(l => l[0] != '-'))} @@");
            result.AddRange(hunk);
        }

        return result;
    }

    /// <summary>As diff(1) tells a range: an empty one names the line before it.</summary>
    private static string Range(int before, int count) => count switch
    {
        0 => $"{before},0",
        1 => $"{before + 1}",
        _ => $"{before + 1},{count}",
    };

    private static IEnumerable<(int First, int End)> Hunks(IReadOnlyList<string> script)
    {
        var (first, end) = (-1, -1);
        for (var i = 0; i < script.Count; i++)
        {
            if (script[i][0] == ' ')
            {
                continue;
            }

            if (first >= 0 && i - Around > end)
            {
                yield return (first, end);
                first = -1;
            }

            first = first < 0 ? Math.Max(0, i - Around) : first;
            end = Math.Min(script.Count, i + Around + 1);
        }

        if (first >= 0)
        {
            yield return (first, end);
        }
    }

    private static string[] Lines(string text)
    {
        if (text.Length == 0)
        {
            return [];
        }

        var lines = text.Split('\n');
        if (lines[^1].Length == 0)
        {
            return lines[..^1];
        }

        lines[^1] += NoNewline;
        return lines;
    }
}
