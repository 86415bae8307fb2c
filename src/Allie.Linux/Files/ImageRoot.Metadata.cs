using Allie.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

public sealed partial class ImageRoot
{
    /// <summary>The time for a new entry, nanoseconds since 1970 (to 100 ns).</summary>
    public static long Now => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    /// <summary>Mode, owner, time and extended attributes of the entry itself.</summary>
    public FileMetadata Metadata(ImagePath path)
    {
        var (directory, leaf) = Locate(path);
        using (directory)
        {
            var facts = StatOf(directory, leaf, 0, Show(path));
            return new(facts.Permissions, facts.Uid, facts.Gid, facts.MtimeNs, Xattrs.Read(directory, leaf, Show(path)));
        }
    }

    /// <summary>Owner first (it clears set-id bits and capabilities), then mode, extended attributes and time.</summary>
    public void SetMetadata(ImagePath path, FileMetadata metadata)
    {
        var (directory, leaf) = Locate(path);
        using (directory)
        {
            SetMetadataAt(directory, leaf, metadata, Show(path));
        }
    }

    internal static void SetMetadataAt(Fd directory, ReadOnlySpan<byte> leaf, FileMetadata metadata, string shown)
    {
        if (Libc.fchownat(directory.Number, leaf, metadata.Uid, metadata.Gid, Flags.AtSymlinkNoFollow) != 0)
        {
            throw LinuxException.Last("change owner of", shown);
        }

        // Safe without AT_SYMLINK_NOFOLLOW (which old kernels refuse): what is no symlink cannot be followed,
        // and the name is in a directory that only we write or one that we have just looked at.
        if (!StatOf(directory, leaf, 0, shown).IsSymlink && Libc.fchmodat(directory.Number, leaf, (uint)metadata.Permissions, 0) != 0)
        {
            throw LinuxException.Last("change mode of", shown);
        }

        Xattrs.Write(directory, leaf, metadata.Xattrs, shown);
        SetTimeAt(directory, leaf, metadata.MtimeNs, shown);
    }

    /// <summary>A new file for this metadata: with its mode at once where that tells nobody more than it does in the end, else 0600 until it is set.</summary>
    private static Fd CreateFor(FileMetadata metadata, Fd directory, ReadOnlySpan<byte> leaf, string shown)
    {
        var mode = metadata.Permissions & 0x1FF;
        var isSafe = ((mode >> 3) & 7) == (mode & 7) && metadata.Xattrs.Count == 0; // the group it is made with may be another one
        return Fd.Open(directory.Number, leaf, Flags.WriteOnly | Flags.Create | Flags.Exclusive | Flags.NoFollow, shown, isSafe ? (uint)mode | 0x180 : 0x180);
    }

    /// <summary>The same for a file that is open: no look-up of its name for each call, and none that changes nothing.</summary>
    internal static unsafe void SetMetadataOf(Fd file, FileMetadata metadata, string shown)
    {
        var now = StatOf(file, Bytes.OfRaw(""), Flags.AtEmptyPath, shown);
        var isOwners = now.Uid == metadata.Uid && now.Gid == metadata.Gid;
        if (!isOwners && Libc.fchown(file.Number, metadata.Uid, metadata.Gid) != 0)
        {
            throw LinuxException.Last("change owner of", shown);
        }

        if (!(isOwners && now.Permissions == metadata.Permissions) && Libc.fchmod(file.Number, (uint)metadata.Permissions) != 0)
        {
            throw LinuxException.Last("change mode of", shown);
        }

        Xattrs.Write(file, metadata.Xattrs, shown);
        var times = stackalloc Timespec[2];
        times[0] = times[1] = Time(metadata.MtimeNs);
        if (Libc.futimens(file.Number, times) != 0)
        {
            throw LinuxException.Last("set time of", shown);
        }
    }

    private static Timespec Time(long mtimeNs) => new() { Seconds = Math.DivRem(mtimeNs, 1_000_000_000, out var ns), Nanoseconds = ns };

    /// <summary>Nanoseconds since 1970; of a symlink itself, not of what it points to.</summary>
    public void SetTime(ImagePath path, long mtimeNs)
    {
        var (directory, leaf) = Locate(path);
        using (directory)
        {
            SetTimeAt(directory, leaf, mtimeNs, Show(path));
        }
    }

    private static unsafe void SetTimeAt(Fd directory, ReadOnlySpan<byte> leaf, long mtimeNs, string shown)
    {
        var times = stackalloc Timespec[2];
        times[0] = times[1] = Time(mtimeNs);
        if (Libc.utimensat(directory.Number, leaf, times, Flags.AtSymlinkNoFollow) != 0)
        {
            throw LinuxException.Last("set time of", shown);
        }
    }
}
