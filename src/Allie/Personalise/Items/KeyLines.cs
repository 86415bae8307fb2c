namespace Allie.Personalise.Items;

/// <summary>KEY=value lines as a shell sources them; every other line stays byte for byte.</summary>
internal static class KeyLines
{
    /// <summary>The last one counts; without its quotes. Null when there is none.</summary>
    internal static string? Get(string? text, string key) =>
        (text ?? "").Split('\n').Select(l => l.Trim()).LastOrDefault(l => l.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..].Trim('"', '\'', ' ');

    internal static string Set(string text, string key, string value)
    {
        var lines = text.Split('\n').ToList();
        var at = lines.FindLastIndex(l => l.TrimStart().StartsWith(key + "=", StringComparison.Ordinal));
        if (at >= 0)
        {
            lines[at] = $"{key}={value}";
        }
        else
        {
            // before the empty piece behind the last line break
            lines.Insert(lines[^1].Length == 0 ? lines.Count - 1 : lines.Count, $"{key}={value}");
        }

        return string.Join('\n', lines);
    }
}
