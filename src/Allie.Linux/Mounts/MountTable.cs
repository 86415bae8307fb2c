using Allie.Linux.Processes;

namespace Allie.Linux.Mounts;

/// <summary>One line of mountinfo (proc_pid_mountinfo(5)).</summary>
public sealed record MountLine(string DeviceNumber, string Point, string Type, string Source)
{
    /// <summary>Neither the mount nor its file system is read-only.</summary>
    public bool IsWritable { get; init; }

    /// <summary>What of the file system is mounted there: "/", or a directory of it (bind mount, btrfs subvolume).</summary>
    public string Root { get; init; } = "/";

    /// <summary>Set-id bits of its files mean nothing here.</summary>
    public bool IsNoSuid { get; init; }
}

/// <summary>What is mounted, here and in every other mount namespace that can be seen.</summary>
public static class MountTable
{
    public static IReadOnlyList<MountLine> Here() => Read("/proc/self/mountinfo");

    /// <summary>Over all processes: a container or another namespace may hold what our own table does not show.</summary>
    public static IReadOnlyList<MountLine> Everywhere() =>
        ProcessTree.All().SelectMany(p => Read(p.Directory + "/mountinfo")).Distinct().ToList();

    private static IReadOnlyList<MountLine> Read(string path)
    {
        try
        {
            return File.ReadAllLines(path).Select(Parse).ToList();
        }
        catch (IOException)
        {
            return []; // the process ended meanwhile
        }
        catch (UnauthorizedAccessException)
        {
            return []; // not root: the caller's own table is still complete
        }
    }

    /// <summary>"36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw": optional fields end at "-".</summary>
    internal static MountLine Parse(string line)
    {
        var halves = line.Split(" - ", 2);
        var left = halves[0].Split(' ');
        var right = halves[1].Split(' ');
        return new(left[2], Unescape(left[4]), right[0], Unescape(right[1]))
        {
            IsWritable = !IsReadOnly(left[5]) && !IsReadOnly(right[2]),
            Root = Unescape(left[3]),
            IsNoSuid = left[5].Split(',').Contains("nosuid"),
        };
    }

    private static bool IsReadOnly(string options) => options == "ro" || options.StartsWith("ro,", StringComparison.Ordinal);

    private static string Unescape(string field) =>
        field.Replace("\\040", " ").Replace("\\011", "\t").Replace("\\012", "\n").Replace("\\134", "\\");
}
