namespace Allie.Personalise;

/// <summary>This PC's own lines at the end of a file of the image, between two marks: replaced as a whole by the next run.</summary>
public static class OwnBlock
{
    public const string Begin = "# allie begin: of this PC alone";
    public const string End = "# allie end";

    /// <summary>With no lines the block goes.</summary>
    public static string Put(string text, IReadOnlyList<string> lines)
    {
        var without = Without(text);
        if (lines.Count == 0)
        {
            return without;
        }

        var end = without.Length == 0 || without.EndsWith('\n') ? "" : "\n";
        return without + end + string.Concat([Begin + "\n", .. lines.Select(l => l + "\n"), End + "\n"]);
    }

    private static string Without(string text)
    {
        var start = text.StartsWith(Begin + "\n", StringComparison.Ordinal) ? 0 : text.IndexOf("\n" + Begin + "\n", StringComparison.Ordinal) + 1;
        if (!text[start..].StartsWith(Begin, StringComparison.Ordinal))
        {
            return text;
        }

        var end = text.IndexOf("\n" + End + "\n", start, StringComparison.Ordinal);
        return end < 0 ? text[..start] : text[..start] + text[(end + End.Length + 2)..];
    }
}
