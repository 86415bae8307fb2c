using System.Collections;
using System.Runtime.InteropServices;
using Allie.Linux.Native;

namespace Allie.Linux.Mounts;

/// <summary>
/// Puts this process into a mount namespace of its own, so that what it mounts is seen by nobody else and is gone when it ends, however it
/// ends. unshare(2) acts on one thread and .NET has several, so the program is started anew in place (execve) from the thread that did it.
/// </summary>
public static unsafe class MountNamespace
{
    private const string Mark = "ALLIE_MOUNT_NAMESPACE";

    /// <summary>True in a process that <see cref="Enter"/> started anew.</summary>
    public static bool IsPrivate => Environment.GetEnvironmentVariable(Mark) is { } mark && mark == Identity();

    /// <summary>Returns when already private; otherwise does not return: the program begins again with the same arguments.</summary>
    /// <exception cref="LinuxException">No right to (root is needed), or the kernel has no mount namespaces.</exception>
    public static void Enter()
    {
        if (IsPrivate)
        {
            return;
        }

        if (Libc.unshare(Flags.CloneNewNs) != 0)
        {
            throw LinuxException.Last("make a private mount namespace in", $"process {Environment.ProcessId}");
        }

        // Slave, not private: what the administrator unmounts outside (a USB disk) must not stay busy in here.
        MountCalls.Change("/", Flags.MsRec | Flags.MsSlave);
        var argv = File.ReadAllText("/proc/self/cmdline", System.Text.Encoding.Latin1).TrimEnd('\0').Split('\0');
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(e => (string)e.Key != Mark).Select(e => $"{e.Key}={e.Value}").Append($"{Mark}={Identity()}");
        Execute(Processes.OwnProgram.Path, argv.Select(Bytes.OfRaw), environment.Select(Bytes.Of));
    }

    /// <summary>This process becomes another program (execve) with just the environment that it makes for itself; does not return.</summary>
    internal static void Become(string program, IEnumerable<string> words) => Execute(program, words.Select(Bytes.Of), []);

    private static string Identity() => File.ResolveLinkTarget("/proc/thread-self/ns/mnt", false)?.Name ?? "";

    private static void Execute(string program, IEnumerable<byte[]> argv, IEnumerable<byte[]> environment)
    {
        var path = Bytes.Of(program);
        fixed (byte* start = path)
        {
            _ = Libc.execve(start, Vector(argv), Vector(environment));
        }

        throw LinuxException.Last("start anew", program);
    }

    /// <summary>Unmanaged copies, never freed: execve replaces the process, and on failure it ends.</summary>
    private static byte** Vector(IEnumerable<byte[]> strings)
    {
        var all = strings.ToArray();
        var vector = (byte**)NativeMemory.Alloc((nuint)((all.Length + 1) * sizeof(byte*)));
        for (var i = 0; i < all.Length; i++)
        {
            vector[i] = (byte*)NativeMemory.Alloc((nuint)all[i].Length);
            all[i].CopyTo(new Span<byte>(vector[i], all[i].Length));
        }

        vector[all.Length] = null;
        return vector;
    }
}
