using System.Globalization;
using Allie.Linux.Native;

namespace Allie.Linux.Processes;

/// <summary>A process and what it started, from /proc.</summary>
public static class ProcessTree
{
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

    /// <summary>Kills the process and its descendants; ones that ended meanwhile are fine.</summary>
    public static void Kill(int processId)
    {
        const int Sigkill = 9;
        foreach (var id in WithDescendants(processId))
        {
            _ = Libc.kill(id, Sigkill);
        }
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
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), out var id) && ParentOf(directory) is { } parent)
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
