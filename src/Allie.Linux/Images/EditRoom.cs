using System.Text;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Linux.Native;
using Allie.Linux.Processes;

namespace Allie.Linux.Images;

/// <summary>
/// A work tree to work in: chroot in namespaces of its own (mounts, processes, host name), with a /dev that has no disks, so that no package
/// script finds the server's. All of it is gone when the command ends, also by kill -9, as no process outlives the namespace's first.
/// </summary>
public sealed class EditRoom(string tree) : IDisposable
{
    private const string Shell = "/bin/sh";

    /// <summary>What would reach the server's own kernel from in there.</summary>
    private const string Dropped = "-sys_module,-sys_boot,-sys_time,-sys_rawio,-mac_admin";

    private readonly Stack<string> _mounted = [];

    private static readonly string[] Devices = ["null", "zero", "full", "random", "urandom", "tty"];

    /// <summary>Mounts what programs expect. Only in a private mount namespace.</summary>
    public void Furnish()
    {
        if (!MountNamespace.IsPrivate)
        {
            throw new InvalidOperationException("an edit room needs a private mount namespace: call MountNamespace.Enter first");
        }

        using var root = ImageRoot.Open(tree);
        if (IsDirectory(root, "sys"))
        {
            Mount("sysfs", tree + "/sys", "sysfs", Flags.MsReadOnly | Flags.MsNoSuid | Flags.MsNoDev);
        }

        foreach (var name in new[] { "run", "tmp" }.Where(n => IsDirectory(root, n)))
        {
            Mount("allie", $"{tree}/{name}", "tmpfs", Flags.MsNoSuid | Flags.MsNoDev, name == "tmp" ? "mode=1777" : "mode=0755");
        }

        if (IsDirectory(root, "dev"))
        {
            FurnishDevices(root);
        }

        FurnishNames(root);
    }

    /// <summary>For a program that fills the tree from outside and so is not in the room's own namespaces.</summary>
    public void ShowProcesses() => Mount("proc", tree + "/proc", "proc", Flags.MsNoSuid | Flags.MsNoDev);

    /// <summary>Becomes the command (execve): the caller's terminal, and its exit code.</summary>
    /// <param name="words">The command; empty for a shell.</param>
    public void Become(IReadOnlyList<string> words) => MountNamespace.Become("/usr/bin/env", ["env", .. Inside("ALLIE_EDIT=1", words.Count > 0 ? words : [Shell, "-l"])]);

    /// <summary>A command in there that nobody sits before.</summary>
    public Command Call(params IReadOnlyList<string> words) => new("env", Inside("DEBIAN_FRONTEND=noninteractive", words));

    /// <summary>Takes the furniture out again: a slot is unmounted after it.</summary>
    public void Dispose()
    {
        while (_mounted.TryPop(out var point))
        {
            MountCalls.Unmount(point, Flags.MntDetach);
        }
    }

    // env: .NET ignores SIGPIPE, and a program would inherit that.
    private IReadOnlyList<string> Inside(string variable, IReadOnlyList<string> words) =>
    [
        "-i", "--default-signal", "HOME=/root", "TERM=" + (Environment.GetEnvironmentVariable("TERM") ?? "dumb"), "LANG=C.UTF-8",
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", variable,
        "setpriv", "--bounding-set=" + Dropped, "--inh-caps=" + Dropped,
        "unshare", "--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child=KILL", "--mount-proc=/proc", "--root=" + tree, "--wd=/", .. words,
    ];

    private void Mount(string source, string target, string? type, ulong flags, string? data = null)
    {
        MountCalls.Mount(source, target, type, flags, data);
        _mounted.Push(target);
    }

    private void FurnishDevices(ImageRoot root)
    {
        Mount("allie", tree + "/dev", "tmpfs", Flags.MsNoSuid, "mode=0755");
        using var machine = ImageRoot.Open("/dev");
        var dev = ImagePath.Of("dev");
        foreach (var name in Devices.Where(n => machine.TryStat(ImagePath.Of(n)) is { Kind: FileKind.CharacterDevice }))
        {
            root.CopyNew(machine, ImagePath.Of(name), dev.Join(name));
        }

        foreach (var (name, target) in new[] { ("fd", "/proc/self/fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2"), ("ptmx", "pts/ptmx") })
        {
            root.WriteSymlink(dev.Join(name), target, FileMetadata.Root(0x1FF, ImageRoot.Now));
        }

        root.MakeDirectories(dev.Join("pts"), 0x1ED);
        root.MakeDirectories(dev.Join("shm"), 0x1ED);
        Mount("devpts", tree + "/dev/pts", "devpts", Flags.MsNoSuid, "newinstance,ptmxmode=0666,mode=620,gid=5");
        Mount("allie", tree + "/dev/shm", "tmpfs", Flags.MsNoSuid | Flags.MsNoDev, "mode=1777");
    }

    /// <summary>The server's name servers, so that packages can be fetched: over a file that is there, or at the end of a link into /run.</summary>
    private void FurnishNames(ImageRoot root)
    {
        var path = ImagePath.Of("etc/resolv.conf");
        if (!File.Exists("/etc/resolv.conf") || root.TryStat(path) is not { } facts)
        {
            return;
        }

        if (facts.IsRegular && root.RealPath(path) == path)
        {
            Mount("/etc/resolv.conf", root.Show(path), null, Flags.MsBind);
        }
        else if (facts.IsSymlink && root.ReadLink(path).TrimStart('.', '/') is var target && target.StartsWith("run/", StringComparison.Ordinal) && IsDirectory(root, "run"))
        {
            root.PlaceFile(ImagePath.FromRaw(target), Encoding.UTF8.GetBytes(File.ReadAllText("/etc/resolv.conf")));
        }
    }

    private static bool IsDirectory(ImageRoot root, string name) => root.TryStat(ImagePath.Of(name)) is { IsDirectory: true };
}
