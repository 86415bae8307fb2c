namespace Allie.Rsync;

/// <summary>
/// One line of --out-format="%i|%n": what rsync did or would do to one name. Names keep rsync's own escapes (\#ooo).
/// </summary>
public readonly record struct RsyncChange(string Itemized, string Name)
{
    public bool IsDeletion => Itemized.StartsWith("*deleting", StringComparison.Ordinal);

    /// <summary>Content moves: the first sign is '&lt;' (sent) or '&gt;' (received), 'c' made locally, 'h' hard-linked.</summary>
    public bool IsContent => Itemized.Length > 0 && Itemized[0] is '<' or '>' or 'c' or 'h';

    /// <summary>Null for a line that is none (progress, a warning).</summary>
    public static RsyncChange? TryParse(string line)
    {
        var bar = line.IndexOf('|');
        return bar is >= 9 and <= 13 && line[0] is '<' or '>' or 'c' or 'h' or '.' or '*' ? new(line[..bar].TrimEnd(), line[(bar + 1)..]) : null;
    }
}
