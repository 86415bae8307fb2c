using Allie.Files;
using Allie.Images.Digests;
using Allie.Linux.Files;
using Allie.Rsync;

namespace Allie.Linux.Images.Digests;

/// <summary>The lists that publish put into a tree, and a comparison of a whole copy with them.</summary>
public static class TreeDigests
{
    private const long Most = 1L << 30;

    /// <summary>The list that came with a tree; null when it has none, or a damaged one.</summary>
    internal static DigestList? ListIn(ImageRoot root) => BytesOf(root, DigestList.Path) is { } bytes ? DigestList.TryParse(bytes) : null;

    /// <inheritdoc cref="ListIn"/>
    internal static PathList? PathsIn(ImageRoot root) => BytesOf(root, PathList.Path) is { } bytes ? PathList.TryParse(bytes) : null;

    private static byte[]? BytesOf(ImageRoot root, string name) =>
        ImagePath.Of(name) is var path && root.TryStat(path) is { IsRegular: true } ? root.ReadFile(path, Most) : null;

    /// <param name="Files">Regular files that differ, or that the image has not.</param>
    /// <param name="Others">Everything else that differs: directories, links, sets of hard links, entries that are missing.</param>
    /// <param name="First">One of them, for the message.</param>
    public sealed record Differences(IReadOnlyList<ImagePath> Files, int Others, string First)
    {
        public bool None => Files.Count == 0 && Others == 0;
    }

    public static Differences Compare(ImageRoot root, DigestList list, Action<RsyncProgress> bar)
    {
        var tally = new DigestList.Tally(list);
        var files = new List<ImagePath>();
        var links = new LinkSets();
        var progress = new CheckProgress(bar, list.Count);
        var (others, first) = (0, "");
        DigestReading.All(root, entry =>
        {
            progress.One();
            links.Meet(entry.Facts, entry.Key);
            if (tally.Meet(entry.Key, entry.Digest))
            {
                return;
            }

            first = first.Length > 0 ? first : entry.Path.ToString();
            if (entry.Facts.IsRegular)
            {
                files.Add(entry.Path);
            }
            else
            {
                others++;
            }
        });
        others += links.Records.Count(r => !tally.Meet(r.Key, r.Digest));
        return new(files, others + (files.Count == 0 && others == 0 ? tally.Missing : 0), first.Length > 0 ? first : "an entry that is missing");
    }
}
