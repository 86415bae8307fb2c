using Allie.Files;

namespace Allie.Conf;

/// <summary>
/// What still waits for scripts of /root/conf/on-change: paths that changed, and scripts that failed. The file is NUL-separated: P and a path, or S and a script.
/// </summary>
public sealed record ChangedPaths(IReadOnlyList<ImagePath> Paths, IReadOnlyList<ImagePath> Scripts)
{
    public bool IsEmpty => Paths.Count == 0 && Scripts.Count == 0;

    public static ChangedPaths Parse(string raw)
    {
        var entries = raw.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return new(
            [.. entries.Where(e => e[0] == 'P').Select(e => ImagePath.FromRaw(e[1..]))],
            [.. entries.Where(e => e[0] == 'S').Select(e => ImagePath.FromRaw(e[1..]))]);
    }

    public string Format() => string.Concat(Paths.Select(p => $"P{p.Raw}\0").Concat(Scripts.Select(s => $"S{s.Raw}\0")));

    /// <summary>A path's own script and those named as a directory above it; each once, outermost first.</summary>
    /// <param name="isScript">There is an executable file of this path in the on-change tree.</param>
    public IReadOnlyList<ImagePath> Due(Func<ImagePath, bool> isScript)
    {
        var due = new SortedSet<ImagePath>(Scripts.Where(isScript));
        var asked = new HashSet<ImagePath>();
        foreach (var path in Paths)
        {
            for (var at = path; !at.IsRoot && asked.Add(at); at = at.Parent)
            {
                if (isScript(at))
                {
                    due.Add(at);
                }
            }
        }

        return [.. due];
    }
}
