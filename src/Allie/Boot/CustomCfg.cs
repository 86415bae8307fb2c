namespace Allie.Boot;

/// <summary>
/// custom.cfg, which a distribution's grub.cfg sources at its end (41_custom) and which belongs to the administrator. We add one block;
/// its first line tells how to take it away so that what was there before comes back byte for byte.
/// </summary>
public static class CustomCfg
{
    public const string FileName = "custom.cfg";

    private const string Begin = "# allie begin";
    private const string OwnFile = Begin + " (allie made this file)";
    private const string AddedLineEnd = Begin + " (with the line end before it)";
    private const string End = "# allie end";
    private const string Source = "if [ -s $prefix/" + AllieCfg.FileName + " ]; then source $prefix/" + AllieCfg.FileName + "; fi";

    /// <param name="text">The file's text; null when there is none.</param>
    public static string Add(string? text) => text switch
    {
        null => Block(OwnFile),
        _ when Find(text) is not null => text,
        _ when text.Length == 0 || text.EndsWith('\n') => text + Block(Begin),
        _ => text + "\n" + Block(AddedLineEnd),
    };

    /// <summary>Null: the file was ours and goes.</summary>
    public static string? Remove(string? text)
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

    private static string Block(string begin) => $"{begin}\n{Source}\n{End}\n";

    private static (int Start, int Length, string Mark)? Find(string text)
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
