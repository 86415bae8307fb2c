using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Images;

/// <summary>One entry of a tree that was read just now.</summary>
internal readonly record struct ReadEntry(ImagePath Path, FileFacts Facts, ulong Key, ulong Digest);

/// <summary>
/// Reads the entries of a tree with their contents, several at a time. Each directory is opened once for all that is in it: on a tree of
/// many small files looking up paths costs more than reading them.
/// </summary>
internal static class DigestReading
{
    private const int BufferBytes = 256 * 1024;
    private const int BatchEntries = 128;
    private const int Quiet = Flags.ReadOnly | Flags.NoFollow | Flags.NonBlock;

    [ThreadStatic]
    private static byte[]? buffer;

    /// <param name="Directory">Where they are.</param>
    /// <param name="Names">What is read.</param>
    /// <param name="Ahead">Those that are known to be regular files: a device must not even be opened.</param>
    private sealed record Batch(ImagePath Directory, IReadOnlyList<string> Names, IReadOnlyList<string> Ahead);

    /// <summary>The whole tree.</summary>
    /// <param name="root">Its top.</param>
    /// <param name="entry">Called in any order and from several threads, one at a time.</param>
    internal static void All(ImageRoot root, Action<ReadEntry> entry) => Read(root, Walk(root), entry, mayBeMissing: false);

    /// <summary>These alone, as far as they are there; of a directory not what is in it.</summary>
    internal static void These(ImageRoot root, IEnumerable<ImagePath> paths, Action<ReadEntry> entry) =>
        Read(root, paths.GroupBy(p => p.Parent, p => p.Name).Select(g => new Batch(g.Key, [.. g], [])), entry, mayBeMissing: true);

    private static IEnumerable<Batch> Walk(ImageRoot root)
    {
        yield return new(ImagePath.Root, [""], []);
        var waiting = new Stack<ImagePath>([ImagePath.Root]);
        while (waiting.TryPop(out var directory))
        {
            var entries = root.Entries(directory).Where(e => DigestList.Holds(directory.Join(e.Name))).ToList();
            foreach (var below in entries.Where(e => e.Kind == FileKind.Directory))
            {
                waiting.Push(directory.Join(below.Name));
            }

            foreach (var some in entries.Chunk(BatchEntries))
            {
                yield return new(directory, [.. some.Select(e => e.Name)], [.. some.Where(e => e.Kind == FileKind.Regular).Select(e => e.Name)]);
            }
        }
    }

    // Reading waits for the disk or hashes: more than two threads gain nothing and take the PC from its people.
    private static void Read(ImageRoot root, IEnumerable<Batch> batches, Action<ReadEntry> entry, bool mayBeMissing)
    {
        var gate = new Lock();
        Parallel.ForEach(Partitioner.Create(batches, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = 2 }, batch =>
        {
            var found = new List<ReadEntry>(batch.Names.Count);
            using (var directory = Open(root, batch.Directory, mayBeMissing))
            {
                if (directory is not null)
                {
                    ReadAhead(directory, batch.Ahead);
                    found.AddRange(batch.Names.Select(name => TryRead(root, directory, batch.Directory.Join(name), mayBeMissing)).OfType<ReadEntry>());
                }
            }

            lock (gate)
            {
                found.ForEach(entry);
            }
        });
    }

    /// <summary>All of a batch is asked of the disk before the first is waited for: files of an image are small, and a disk serves many as fast as one.</summary>
    private static void ReadAhead(Fd directory, IReadOnlyList<string> names)
    {
        const int WillNeed = 3; // posix_fadvise(2)
        foreach (var name in names)
        {
            using var file = Fd.TryOpen(directory.Number, Bytes.OfRaw(name), Quiet, out _);
            if (file is not null)
            {
                _ = Libc.posix_fadvise(file.Number, 0, BufferBytes, WillNeed);
            }
        }
    }

    private static Fd? Open(ImageRoot root, ImagePath directory, bool mayBeMissing)
    {
        try
        {
            return root.OpenFolder(directory);
        }
        catch (LinuxException e) when (mayBeMissing && e.Errno is Errno.ENOENT or Errno.ENOTDIR)
        {
            return null;
        }
    }

    private static ReadEntry? TryRead(ImageRoot root, Fd directory, ImagePath path, bool mayBeMissing)
    {
        var leaf = Bytes.OfRaw(path.IsRoot ? "." : path.Name);
        try
        {
            var facts = ImageRoot.StatOf(directory, leaf, 0, path.Raw);
            var metadata = new FileMetadata(facts.Permissions, facts.Uid, facts.Gid, facts.MtimeNs, Xattrs.Read(directory, leaf, path.Raw));
            return new(path, facts, EntryDigest.KeyOf(path), EntryDigest.Of(path, facts, metadata, Content(directory, leaf, facts, path.Raw)));
        }
        catch (LinuxException e) when (mayBeMissing && e.Errno is Errno.ENOENT)
        {
            return null;
        }
        catch (LinuxException e)
        {
            throw new LinuxException(e.Call, root.Show(path), e.Errno); // made readable here: for each of many entries that would take longer than to read it
        }
    }

    private static ulong Content(Fd directory, byte[] leaf, FileFacts facts, string shown)
    {
        if (facts.IsSymlink)
        {
            return XxHash3.HashToUInt64(Encoding.Latin1.GetBytes(ImageRoot.ReadLinkAt(directory, leaf, shown)));
        }

        if (!facts.IsRegular || facts.Size == 0)
        {
            return 0;
        }

        buffer ??= new byte[BufferBytes];
        using var file = OpenQuietly(directory, leaf, shown);
        var count = file.Read(buffer, shown);
        if (count == facts.Size)
        {
            return XxHash3.HashToUInt64(buffer.AsSpan(0, count));
        }

        var hash = new XxHash3();
        for (; count > 0; count = file.Read(buffer, shown))
        {
            hash.Append(buffer.AsSpan(0, count));
        }

        return hash.GetCurrentHashAsUInt64();
    }

    /// <summary>Without a new access time where that is allowed: else reading would write to every inode of an image that was not read for a day.</summary>
    private static Fd OpenQuietly(Fd directory, byte[] leaf, string shown)
    {
        return Fd.TryOpen(directory.Number, leaf, Quiet | Flags.NoAccessTime, out _) ?? Fd.Open(directory.Number, leaf, Quiet, shown);
    }
}
