using Allie.Linux.Native;

namespace Allie.Linux.Mounts;

/// <summary>mount(2) and umount2(2) as plain calls; <see cref="MountScope"/> is what commands use.</summary>
internal static unsafe class MountCalls
{
    internal static void Mount(string source, string target, string? type, ulong flags, string? data = null)
    {
        fixed (byte* s = Bytes.Of(source), t = type is null ? null : Bytes.Of(type), d = data is null ? null : Bytes.Of(data))
        {
            if (Libc.mount(s, Bytes.Of(target), t, flags, d) != 0)
            {
                throw LinuxException.Last("mount", $"{source} on {target}");
            }
        }
    }

    /// <summary>Changes propagation or flags of what is mounted there already.</summary>
    internal static void Change(string target, ulong flags)
    {
        if (Libc.mount(null, Bytes.Of(target), null, flags, null) != 0)
        {
            throw LinuxException.Last("change the mount", target);
        }
    }

    internal static void Unmount(string target, int flags = 0)
    {
        if (Libc.umount2(Bytes.Of(target), flags) != 0)
        {
            throw LinuxException.Last("unmount", target);
        }
    }
}
