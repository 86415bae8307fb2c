using System.Text;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

public sealed partial class ImageRoot
{
    /// <summary>The label of the file system that the root is on; empty when it has none, null when it cannot tell (ioctl_getfslabel(2): btrfs, xfs, ext4 since Linux 5.17).</summary>
    public unsafe string? FileSystemLabel()
    {
        const ulong GetFsLabel = 0x81009431; // FS_IOC_GETFSLABEL
        var label = stackalloc byte[256];
        return Libc.ioctl(_root.Number, GetFsLabel, label) == 0
            ? Encoding.UTF8.GetString(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(label))
            : null;
    }
}
