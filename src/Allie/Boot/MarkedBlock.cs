namespace Allie.Boot;

/// <summary>
/// A block of ours at the end of a file that belongs to somebody else. Its first line tells how to take it away so that what was there before
/// comes back byte for byte.
/// </summary>
/// <param name="Body">The lines between the marks, without a line end.</param>
public sealed record MarkedBlock(string Body)
{
    private const string Begin = "# allie begin";
    private const string OwnFile = Begin + " (allie made this file)";
    private const string AddedLineEnd = Begin + " (with the line end before it)";
    private const string End = "# allie end";

    /// <param name="text">The file's text; null when there is none.</param>
    public string Add(string? text) => text switch
    {
        null => Block(OwnFile),
        _ when Find(text) is not null => text,
        _ when text.Length == 0 || text.EndsWith('\n') => text + Block(Begin),
        _ => text + "\n" + Block(AddedLineEnd),
    };

    /// <summary>Null: the file was ours and goes.</summary>
    public string? Remove(string? text)
    {
        if (text is null || Find(text) is not { } found)
        {
            return text;
        }

        var (start, length, mark) = found;
        var rest = text.Remove(start, length);
        return mark switch
        {
            OwnFile when rest.Length == 0 => null,
            AddedLineEnd when start > 0 => rest.Remove(start - 1, 1),
            _ => rest,
        };
    }

    private string Block(string begin) => $"{begin}\n{Body}\n{End}\n";

    private (int Start, int Length, string Mark)? Find(string text)
    {
        foreach (var mark in new[] { OwnFile, AddedLineEnd, Begin })
        {
            var block = Block(mark);
            if (text.IndexOf(block, StringComparison.Ordinal) is var at and >= 0 && (at == 0 || text[at - 1] == '\n'))
            {
                return (at, block.Length, mark);
            }
        }

        return null;
    }
}
