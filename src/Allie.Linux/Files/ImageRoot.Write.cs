using Allie.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

public sealed partial class ImageRoot
{
    /// <summary>Names of our temporary files; a run that was killed may leave one, the next run of the same kind removes it.</summary>
    public const string TemporaryPrefix = ".allie-";

    /// <summary>
    /// The whole file or nothing: temporary name in the same directory, metadata, fsync, rename. A hard link elsewhere keeps the old content;
    /// a symlink in its place is replaced, not followed.
    /// </summary>
    public void WriteFile(ImagePath path, ReadOnlySpan<byte> content, FileMetadata metadata) => Write(path, content, metadata, sync: true);

    /// <summary>As <see cref="WriteFile"/>, but not on the disk before a <see cref="SyncFileSystem()"/>: for many files, with one sync for all.</summary>
    public void WriteFileLazily(ImagePath path, ReadOnlySpan<byte> content, FileMetadata metadata) => Write(path, content, metadata, sync: false);

    private void Write(ImagePath path, ReadOnlySpan<byte> content, FileMetadata metadata, bool sync)
    {
        using var target = BeginReplace(path);
        using (var file = CreateFor(metadata, target.Directory, target.Temporary, Show(path)))
        {
            file.Write(content, Show(path));
            SetMetadataOf(file, metadata, Show(path));
            if (sync)
            {
                file.Sync(Show(path));
            }
        }

        target.Commit();
    }

    /// <summary>A second name for a file. False when the file system gives none: too many already, another file system, or the first is gone.</summary>
    public bool TryLink(ImagePath path, ImagePath alias)
    {
        var (oldDirectory, oldLeaf) = Locate(path);
        using (oldDirectory)
        {
            var (newDirectory, newLeaf) = Locate(alias);
            using (newDirectory)
            {
                return Libc.linkat(oldDirectory.Number, oldLeaf, newDirectory.Number, newLeaf, 0) == 0;
            }
        }
    }

    /// <summary>An empty file that says something by being there, 0600. One that is there already stays.</summary>
    public void Mark(ImagePath path)
    {
        var (directory, leaf) = Locate(path);
        using (directory)
        {
            using var file = Fd.Open(directory.Number, leaf, Flags.WriteOnly | Flags.Create | Flags.NoFollow | Flags.NonBlock, Show(path), 0x180);
        }
    }

    /// <summary>
    /// As <see cref="WriteFile"/>, keeping mode, owner and extended attributes of the file that is there. Its time is the new one: other
    /// content with the old time and size would be missed by rsync.
    /// </summary>
    public void RewriteFile(ImagePath path, ReadOnlySpan<byte> content, FileMetadata whenAbsent) =>
        WriteFile(path, content, TryStat(path) is { IsRegular: true } ? Metadata(path) with { MtimeNs = whenAbsent.MtimeNs } : whenAbsent);

    /// <summary>Creates or replaces a symlink (also in place of a file, never in place of a directory). The target is stored as given.</summary>
    public void WriteSymlink(ImagePath path, string rawTarget, FileMetadata metadata)
    {
        using var target = BeginReplace(path);
        Check(Libc.symlinkat(Bytes.OfRaw(rawTarget), target.Directory.Number, target.Temporary), "make symlink", path);
        target.SetMetadata(metadata);
        target.Commit();
    }

    /// <summary>Creates or replaces a fifo, device or socket.</summary>
    public void WriteSpecial(ImagePath path, FileKind kind, uint major, uint minor, FileMetadata metadata)
    {
        using var target = BeginReplace(path);
        var device = ((ulong)(major & 0xfffff000) << 32) | ((major & 0xfff) << 8) | ((ulong)(minor & 0xffffff00) << 12) | (minor & 0xff); // makedev(3)
        Check(Libc.mknodat(target.Directory.Number, target.Temporary, (uint)kind | 0x180, device), "make special file", path);
        target.SetMetadata(metadata);
        target.Commit();
    }

    /// <summary>Makes one directory, 0700 until its metadata is set. One that exists already is an error.</summary>
    public void MakeDirectory(ImagePath path, FileMetadata metadata)
    {
        var (directory, leaf) = Locate(path);
        using (directory)
        {
            Check(Libc.mkdirat(directory.Number, leaf, 0x1C0), "make directory", path);
        }

        SetMetadata(path, metadata);
    }

    /// <summary>The directory and those above it, each root:root with these permissions, where they are missing.</summary>
    public void MakeDirectories(ImagePath path, int permissions)
    {
        if (path.IsRoot || Exists(path))
        {
            return;
        }

        MakeDirectories(path.Parent, permissions);
        MakeDirectory(path, FileMetadata.Root(permissions, 0) with { MtimeNs = Now });
    }

    /// <summary>Removes a file, link or special file. Absent is fine, also with the directory that would hold it.</summary>
    public void RemoveFile(ImagePath path)
    {
        if (path.IsRoot || Exists(path.Parent))
        {
            Unlink(path, 0, Errno.ENOENT);
        }
    }

    /// <summary>Removes a directory if it is empty; false if it is not.</summary>
    public bool RemoveEmptyDirectory(ImagePath path) => Unlink(path, Flags.AtRemoveDir, Errno.ENOENT, Errno.ENOTEMPTY, Errno.EEXIST);

    /// <summary>Renames within this root; replaces what is there as rename(2) does.</summary>
    /// <param name="from">The old name.</param>
    /// <param name="to">The new name.</param>
    /// <param name="mayBeDirectory">False where it is known to be none: see <see cref="KeepDirectories"/>.</param>
    public void Rename(ImagePath from, ImagePath to, bool mayBeDirectory = true)
    {
        Forget(from, mayBeDirectory);
        Forget(to, mayBeDirectory);
        var (oldDirectory, oldLeaf) = Locate(from);
        using (oldDirectory)
        {
            var (newDirectory, newLeaf) = Locate(to);
            using (newDirectory)
            {
                Check(Libc.renameat(oldDirectory.Number, oldLeaf, newDirectory.Number, newLeaf), "rename", from);
            }
        }
    }

    /// <summary>Two entries change places in one step (renameat2(2), RENAME_EXCHANGE; Linux 3.15).</summary>
    public void Exchange(ImagePath one, ImagePath other)
    {
        const uint RenameExchange = 2;
        Forget(one, mayBeDirectory: true);
        var (oneDirectory, oneLeaf) = Locate(one);
        using (oneDirectory)
        {
            var (otherDirectory, otherLeaf) = Locate(other);
            using (otherDirectory)
            {
                Check(Libc.renameat2(oneDirectory.Number, oneLeaf, otherDirectory.Number, otherLeaf, RenameExchange), "exchange", one);
            }
        }
    }

    /// <summary>Everything written to this file system so far is on the disk when it returns (syncfs(2)).</summary>
    public void SyncFileSystem() => Check(Libc.syncfs(_root.Number), "sync", ImagePath.Root);

    /// <summary>The same for the file system that a directory is on, where another is mounted in the image.</summary>
    public void SyncFileSystem(ImagePath directory)
    {
        using var opened = OpenDirectory(directory);
        Check(Libc.syncfs(opened.Number), "sync", directory);
    }

    /// <summary>The names in the root directory itself are on the disk when it returns.</summary>
    public void SyncDirectory() => _root.Sync(HostPath);

    private bool Unlink(ImagePath path, int flags, params ReadOnlySpan<int> forgiven)
    {
        Forget(path, mayBeDirectory: flags == Flags.AtRemoveDir);
        var (directory, leaf) = Locate(path);
        using (directory)
        {
            if (Libc.unlinkat(directory.Number, leaf, flags) == 0)
            {
                return true;
            }

            var failure = LinuxException.Last("remove", Show(path));
            return forgiven.Contains(failure.Errno) ? failure.Errno == Errno.ENOENT : throw failure;
        }
    }

    private void Check(int rc, string call, ImagePath path)
    {
        if (rc != 0)
        {
            throw LinuxException.Last(call, Show(path));
        }
    }
}
