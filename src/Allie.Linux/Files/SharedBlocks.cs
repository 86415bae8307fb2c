using System.Runtime.InteropServices;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

/// <summary>
/// Two files of their own over the same blocks of the disk, where the file system can (btrfs, XFS, bcachefs, NFS 4.2): what is written to the one
/// never shows in the other. Everywhere else these say no, and nothing has happened.
/// </summary>
internal static class SharedBlocks
{
    private const long MostAtOnce = 16 << 20; // btrfs shares no more in one call

    /// <summary>Makes the content of an empty file that of another, holes and all, without reading it (ioctl_ficlone(2)).</summary>
    internal static unsafe bool TryClone(Fd source, Fd empty) => Libc.ioctl(empty.Number, Flags.CloneFile, (void*)source.Number) == 0;

    /// <summary>
    /// Gives two files that may have the same content one set of blocks (ioctl_fideduperange(2)). The kernel itself compares them, both locked, so a
    /// file that has rotted is never taken for a good one; neither times nor content change.
    /// </summary>
    /// <returns>True: all of it is shared. False: the contents differ, or these two cannot. Null: nothing on this file system can.</returns>
    internal static unsafe bool? TryShare(Fd kept, Fd second, long length)
    {
        for (long at = 0; at < length;)
        {
            var range = new DedupeRange { SourceOffset = (ulong)at, Length = (ulong)Math.Min(MostAtOnce, length - at), Count = 1, Target = second.Number, TargetOffset = (ulong)at };
            if (Libc.ioctl(kept.Number, Flags.DedupeRange, &range) != 0)
            {
                return Marshal.GetLastPInvokeError() is Errno.EOPNOTSUPP or Errno.ENOTTY or Errno.ENOSYS ? null : false;
            }

            if (range.Status != 0 || range.Deduped == 0)
            {
                return range.Status is -Errno.EOPNOTSUPP or -Errno.EXDEV ? null : false; // 1: they differ
            }

            at += (long)range.Deduped;
        }

        return true;
    }
}
