using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Mounts;

/// <summary>
/// A directory in memory that only this process and its children see (tmpfs in a private mount namespace): configuration, secrets and
/// mount points made there are gone when they end, also after kill -9.
/// </summary>
public sealed class PrivateMemory : IDisposable
{
    private PrivateMemory(string path) => Path = path;

    public string Path { get; }

    /// <param name="directory">Made when missing.</param>
    /// <param name="mebibytes">What it holds at most.</param>
    public static PrivateMemory Over(string directory, int mebibytes = 16)
    {
        if (!MountNamespace.IsPrivate)
        {
            throw new InvalidOperationException("private memory needs a private mount namespace: call MountNamespace.Enter first");
        }

        PrivateDirectory.Make(directory);
        MountCalls.Mount("allie", directory, "tmpfs", Flags.MsNoSuid | Flags.MsNoDev, $"mode=0700,size={mebibytes}m");
        return new(directory);
    }

    public void Dispose() => MountCalls.Unmount(Path, Flags.MntDetach);
}
