using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Runtime.ExceptionServices;
using System.Text;
using Allie.Files;
using Allie.Images.Digests;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Images.Digests;

/// <summary>One entry of a tree that was read just now.</summary>
internal readonly record struct ReadEntry(ImagePath Path, FileFacts Facts, ulong Key, ulong Digest);

/// <summary>
/// Reads the entries of a tree with their contents, several at a time. Each directory is opened once for all that is in it: on a tree of
/// many small files looking up paths costs more than reading them.
/// </summary>
internal static class DigestReading
{
    private const int BatchEntries = 128; // and so many are open at once, by each thread

    /// <param name="Directory">Where they are.</param>
    /// <param name="Entries">What is read. Regular: known to be that, so that it may be opened; a device must not even be.</param>
    private sealed record Batch(ImagePath Directory, IReadOnlyList<(string Name, bool Regular)> Entries);

    /// <summary>The whole tree.</summary>
    /// <param name="root">Its top.</param>
    /// <param name="entry">Called in any order and from several threads, one at a time.</param>
    /// <param name="fromDisk">Little of it is in memory, and little of it will be wanted there.</param>
    internal static void All(ImageRoot root, Action<ReadEntry> entry, bool fromDisk = false) => Read(root, Walk(root), entry, mayBeMissing: false, fromDisk);

    /// <summary>These alone, as far as they are there; of a directory not what is in it.</summary>
    internal static void These(ImageRoot root, IEnumerable<ImagePath> paths, Action<ReadEntry> entry) =>
        Read(root, paths.GroupBy(p => p.Parent, p => (p.Name, false)).Select(g => new Batch(g.Key, [.. g])), entry, mayBeMissing: true, fromDisk: false);

    private static IEnumerable<Batch> Walk(ImageRoot root)
    {
        yield return new(ImagePath.Root, [("", false)]);
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
                yield return new(directory, [.. some.Select(e => (e.Name, e.Kind == FileKind.Regular))]);
            }
        }
    }

    // Reading waits for the disk or hashes: more than two threads gain nothing and take the PC from its people.
    private static void Read(ImageRoot root, IEnumerable<Batch> batches, Action<ReadEntry> entry, bool mayBeMissing, bool fromDisk)
    {
        var gate = new Lock();
        var idle = new ConcurrentBag<DiskReads>(); // of no thread's own: a loop begins anew many times, and the kernel takes its time to give them back
        try
        {
            Parallel.ForEach(Partitioner.Create(batches, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = 2 }, batch =>
            {
                List<ReadEntry> found;
                var disk = !fromDisk ? null : idle.TryTake(out var free) ? free : DiskReads.TryMake();
                try
                {
                    using var directory = Open(root, batch.Directory, mayBeMissing);
                    found = directory is null ? [] : Read(root, directory, batch, mayBeMissing, disk);
                }
                finally
                {
                    if (disk is not null)
                    {
                        idle.Add(disk);
                    }
                }

                lock (gate)
                {
                    found.ForEach(entry);
                }
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); // a file that cannot be read is told as that
        }
        finally
        {
            foreach (var disk in idle)
            {
                disk.Dispose();
            }
        }
    }

    /// <summary>All of a batch is asked of the disk before the first is waited for: files of an image are small, and a disk serves many as fast as one.</summary>
    private static List<ReadEntry> Read(ImageRoot root, Fd directory, Batch batch, bool mayBeMissing, DiskReads? disk)
    {
        var found = new List<ReadEntry>(batch.Entries.Count);
        var files = new OpenContent?[batch.Entries.Count];
        try
        {
            for (var i = 0; i < files.Length; i++)
            {
                var (name, regular) = batch.Entries[i];
                files[i] = !regular ? null
                    : disk is null ? OpenContent.TryAsk(directory, Bytes.OfRaw(name), name)
                    : OpenContent.TryOpenPastCache(directory, Bytes.OfRaw(name), name);
            }

            var hashes = disk?.Hashes(files);
            for (var i = 0; i < files.Length; i++)
            {
                if (TryRead(root, directory, batch.Directory.Join(batch.Entries[i].Name), files[i], hashes?[i], mayBeMissing) is { } entry)
                {
                    found.Add(entry);
                }
            }
        }
        finally
        {
            foreach (var file in files)
            {
                file?.Dispose();
            }
        }

        return found;
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

    /// <param name="root">The tree.</param>
    /// <param name="directory">Where the entry is.</param>
    /// <param name="path">The entry.</param>
    /// <param name="file">It, when it is open already.</param>
    /// <param name="content">Hash of its content, when that is read already.</param>
    /// <param name="mayBeMissing">Null then.</param>
    private static ReadEntry? TryRead(ImageRoot root, Fd directory, ImagePath path, OpenContent? file, ulong? content, bool mayBeMissing)
    {
        try
        {
            if (file is not null)
            {
                return Entry(path, file.Facts, Xattrs.Read(file.File, path.Raw), content ?? file.Hash(path.Raw));
            }

            var leaf = Bytes.OfRaw(path.IsRoot ? "." : path.Name);
            var facts = ImageRoot.StatOf(directory, leaf, 0, path.Raw);
            return Entry(path, facts, Xattrs.Read(directory, leaf, path.Raw), Content(directory, leaf, facts, path.Raw));
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

    private static ReadEntry Entry(ImagePath path, FileFacts facts, IReadOnlyDictionary<string, byte[]> xattrs, ulong content)
    {
        var metadata = new FileMetadata(facts.Permissions, facts.Uid, facts.Gid, facts.MtimeNs, xattrs);
        return new(path, facts, EntryDigest.KeyOf(path), EntryDigest.Of(path, facts, metadata, content));
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

        using var file = OpenContent.Open(directory, leaf, shown);
        return file.Hash(shown);
    }
}
