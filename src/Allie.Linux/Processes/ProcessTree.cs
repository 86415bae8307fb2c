using System.Globalization;

namespace Allie.Linux.Processes;

/// <summary>The processes of this machine, and what each started, from /proc.</summary>
public static class ProcessTree
{
    /// <summary>All that run, each with its directory in /proc; any of them may end meanwhile.</summary>
    public static IEnumerable<(int Id, string Directory)> All()
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                yield return (id, directory);
            }
        }
    }

    public static IReadOnlyList<int> WithDescendants(int processId)
    {
        var parents = Parents().ToList();
        var found = new List<int> { processId };
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(parents.Where(p => p.Parent == found[i]).Select(p => p.Id));
        }

        return found;
    }

    /// <summary>The programs that led to a process, nearest first, by the name that the kernel has (at most 15 bytes).</summary>
    public static IEnumerable<string> AncestorsOf(int processId)
    {
        for (var id = ParentOf($"/proc/{processId}"); id is > 0; id = ParentOf($"/proc/{id}"))
        {
            if (File.Exists($"/proc/{id}/comm"))
            {
                yield return File.ReadAllText($"/proc/{id}/comm").TrimEnd('\n');
            }
        }
    }

    private static IEnumerable<(int Id, int Parent)> Parents()
    {
        foreach (var (id, directory) in All())
        {
            if (ParentOf(directory) is { } parent)
            {
                yield return (id, parent);
            }
        }
    }

    private static int? ParentOf(string directory)
    {
        try
        {
            var stat = File.ReadAllText(directory + "/stat"); // "pid (name) state ppid ..."; the name may hold spaces and brackets
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
