using System.Text;

namespace Allie.Images;

/// <summary>
/// var/lib/allie/sparse of an image: its files with holes, NUL-separated, relative to its top, one byte per char. They are left out of the
/// main pass of a fetch and come in one of their own with -S, which on everything would take half as long again.
/// </summary>
public sealed record SparseList(IReadOnlyList<string> Names)
{
    public static readonly SparseList None = new([]);

    public static SparseList Parse(ReadOnlySpan<byte> bytes) =>
        new([.. Encoding.Latin1.GetString(bytes).Split('\0', StringSplitOptions.RemoveEmptyEntries)]);

    public bool IsEmpty => Names.Count == 0;

    /// <summary>What --files-from reads with --from0.</summary>
    public byte[] FilesFrom() => Join(Names);

    /// <summary>What --exclude-from reads with --from0: each name anchored at the top, its wildcards taken literally.</summary>
    public byte[] ExcludeFrom() => Join(Names.Select(Pattern));

    /// <summary>
    /// rsync(1), FILTER RULES: a backslash escapes only in a pattern that has a wildcard; in any other it is itself.
    /// </summary>
    internal static string Pattern(string name)
    {
        const string Wildcards = "*?[";
        return "/" + (name.AsSpan().IndexOfAny(Wildcards) < 0
            ? name
            : string.Concat(name.Select(c => Wildcards.Contains(c) || c == '\\' ? "\\" + c : c.ToString())));
    }

    private static byte[] Join(IEnumerable<string> names) => Encoding.Latin1.GetBytes(string.Concat(names.Select(n => n + "\0")));
}
