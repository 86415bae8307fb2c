using System.Globalization;

namespace Allie.Linux.Processes;

/// <summary>The processes of this machine, and what each started, from /proc.</summary>
public static class ProcessTree
{
    /// <summary>proc(5), /proc/PID/task/TID/children: where the kernel has PROC_CHILDREN, as those of all distributions have since 3.5.</summary>
    private static readonly bool TellsChildren = File.Exists($"/proc/{Environment.ProcessId}/task/{Environment.ProcessId}/children");

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

    /// <summary>The process and all that it and its children have started and not outlived.</summary>
    public static IReadOnlyList<int> WithDescendants(int processId) => WithDescendants(processId, TellsChildren);

    /// <param name="processId">Of the process.</param>
    /// <param name="byChildren">Reads its own tree alone; false: the parent of each process of the machine.</param>
    internal static IReadOnlyList<int> WithDescendants(int processId, bool byChildren)
    {
        var parents = byChildren ? null : Parents().ToLookup(p => p.Parent, p => p.Id);
        var found = new List<int> { processId };
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(parents is null ? Children(found[i]) : parents[found[i]]);
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

    private static List<int> Children(int processId)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{processId}/task")
                .SelectMany(thread => File.ReadAllText(thread + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return []; // it ended meanwhile
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
