namespace Allie.Blandify.Table;

/// <summary>Edits of a text line by line; every byte of the lines that stay is kept, also a missing last line end.</summary>
public static class LineEdit
{
    public const string LocalMark = "#allie:local ";

    /// <summary>Each line without its line end; null drops it.</summary>
    public static string Each(string text, Func<string, string?> edit) => string.Join('\n', Dropped(text.Split('\n'), edit));

    public static string Drop(string text, Func<string, bool> goes) => Each(text, line => goes(line) ? null : line);

    /// <summary>Lines that are no comment yet become one whose mark says why.</summary>
    public static string Comment(string text, Func<string, bool> goes) =>
        Each(text, line => !line.TrimStart().StartsWith('#') && goes(line) ? LocalMark + line : line);

    /// <summary>True for KEY=value, also "export KEY = value" and "set KEY=value".</summary>
    public static bool HasKey(string line, string key) => KeyOf(line) == key;

    /// <summary>The key of a KEY=value line; empty for any other.</summary>
    public static string KeyOf(string line)
    {
        var at = line.IndexOf('=');
        var key = at < 0 || line.TrimStart().StartsWith('#') ? "" : line[..at].Trim();
        return key.StartsWith("export ", StringComparison.Ordinal) ? key["export ".Length..].TrimStart() : key;
    }

    /// <summary>What follows '=', without quotes and blanks.</summary>
    public static string ValueOf(string line) => line[(line.IndexOf('=') + 1)..].Trim().Trim('"', '\'');

    /// <summary>Another value in a line that has a key; quotes are the caller's.</summary>
    public static string WithValue(string line, string value)
    {
        var at = line.IndexOf('=') + 1;
        var end = line.EndsWith('\r') ? "\r" : "";
        return line[..at] + value + end;
    }

    /// <summary>When the last line goes that had no line end, the one before it keeps its own.</summary>
    private static List<string> Dropped(string[] lines, Func<string, string?> edit)
    {
        var kept = lines.Select((line, i) => i == lines.Length - 1 && line.Length == 0 ? line : edit(line)).ToList();
        if (kept.Count > 1 && kept[^1] is null)
        {
            kept[^1] = "";
        }

        return [.. kept.OfType<string>()];
    }
}
