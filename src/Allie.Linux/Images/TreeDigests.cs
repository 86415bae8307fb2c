using System.IO.Hashing;
using System.Text;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;

namespace Allie.Linux.Images;

/// <summary>Reads a whole tree and compares each entry's digest with the list that publish made.</summary>
public static class TreeDigests
{
    private const int BufferBytes = 256 * 1024;

    /// <summary>The list in a tree; null when it has none, or a damaged one.</summary>
    public static DigestList? ListIn(ImageRoot root)
    {
        const long Most = 1L << 30;
        var path = ImagePath.Of(DigestList.Path);
        return root.TryStat(path) is { IsRegular: true } ? DigestList.TryParse(root.ReadFile(path, Most)) : null;
    }

    [ThreadStatic]
    private static byte[]? buffer;

    /// <param name="Files">Regular files that differ, or that the image has not.</param>
    /// <param name="Others">Everything else that differs: directories, links, sets of hard links, entries that are missing.</param>
    /// <param name="First">One of them, for the message.</param>
    public sealed record Differences(IReadOnlyList<ImagePath> Files, int Others, string First)
    {
        public bool None => Files.Count == 0 && Others == 0;
    }

    public static Differences Compare(ImageRoot root, DigestList list)
    {
        var tally = new DigestList.Tally(list);
        var files = new List<ImagePath>();
        var (others, first) = (0, "");
        Read(
            root,
            (path, facts, key, digest) =>
            {
                if (tally.Meet(key, digest))
                {
                    return;
                }

                first = first.Length > 0 ? first : path.ToString();
                if (facts.IsRegular)
                {
                    files.Add(path);
                }
                else
                {
                    others++;
                }
            },
            (key, digest) => others += tally.Meet(key, digest) ? 0 : 1);
        return new(files, others + (files.Count == 0 && others == 0 ? tally.Missing : 0), first.Length > 0 ? first : "an entry that is missing");
    }

    private delegate void Entry(ImagePath path, FileFacts facts, ulong key, ulong digest);

    /// <summary>Entries come in any order and from several threads, one at a time.</summary>
    private static void Read(ImageRoot root, Entry entry, Action<ulong, ulong> links)
    {
        var gate = new Lock();
        var names = new Dictionary<ulong, (ulong Keys, int Count)>();

        // Reading waits for the disk or hashes: more than two threads gain nothing and take the PC from its people.
        Parallel.ForEach(Walk(root, ImagePath.Root), new ParallelOptions { MaxDegreeOfParallelism = 2 }, found =>
        {
            var (path, facts) = found;
            var key = EntryDigest.KeyOf(path);
            var digest = EntryDigest.Of(path, facts, root.Metadata(path), Content(root, path, facts));
            lock (gate)
            {
                entry(path, facts, key, digest);
                if (facts is { IsDirectory: false, Links: > 1 })
                {
                    var (keys, count) = names.GetValueOrDefault(facts.Inode);
                    names[facts.Inode] = (keys ^ key, count + 1);
                }
            }
        });

        // On the server generations share files: only names within this tree count.
        foreach (var (keys, count) in names.Values.Where(n => n.Count > 1))
        {
            links(keys, EntryDigest.OfLinks(keys, count));
        }
    }

    private static IEnumerable<(ImagePath Path, FileFacts Facts)> Walk(ImageRoot root, ImagePath top)
    {
        var waiting = new Stack<ImagePath>([top]);
        yield return (top, root.Stat(top));
        while (waiting.TryPop(out var directory))
        {
            foreach (var path in root.List(directory).Select(directory.Join).Where(DigestList.Holds))
            {
                var facts = root.Stat(path);
                yield return (path, facts);
                if (facts.IsDirectory)
                {
                    waiting.Push(path);
                }
            }
        }
    }

    private static ulong Content(ImageRoot root, ImagePath path, FileFacts facts)
    {
        if (facts.IsSymlink)
        {
            return XxHash3.HashToUInt64(Encoding.Latin1.GetBytes(root.ReadLink(path)));
        }

        if (!facts.IsRegular || facts.Size == 0)
        {
            return 0;
        }

        using var file = root.OpenRead(path);
        buffer ??= new byte[BufferBytes];
        var hash = new XxHash3();
        for (int count; (count = file.Read(buffer)) > 0;)
        {
            hash.Append(buffer.AsSpan(0, count));
        }

        return hash.GetCurrentHashAsUInt64();
    }
}
