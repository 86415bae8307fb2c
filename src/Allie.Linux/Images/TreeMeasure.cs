using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;

namespace Allie.Linux.Images;

/// <summary>How large a tree is, and how to fetch it in two halves.</summary>
public static class TreeMeasure
{
    private const int LevelsKept = 4;

    public static ImageFacts Of(ImageRoot root)
    {
        var weights = new Dictionary<string, long>();
        var seen = new HashSet<ulong>();
        var (bytes, entries) = Measure(root, ImagePath.Root, 0, weights, seen);
        return new(bytes, entries, TreeHalves.Second(weights));
    }

    private static (long Bytes, long Entries) Measure(ImageRoot root, ImagePath directory, int level, Dictionary<string, long> weights, HashSet<ulong> seen)
    {
        var (bytes, entries) = (0L, 1L);
        foreach (var path in root.List(directory).Select(directory.Join))
        {
            var facts = root.Stat(path);
            if (facts.IsDirectory)
            {
                var below = Measure(root, path, level + 1, weights, seen);
                (bytes, entries) = (bytes + below.Bytes, entries + below.Entries);
            }

            // A file with several names counts once, also when some of them are another generation's.
            if (facts.Links == 1 || facts.IsDirectory || seen.Add(facts.Inode))
            {
                bytes += facts.Blocks * 512;
                entries += facts.IsDirectory ? 0 : 1;
            }
        }

        if (level <= LevelsKept)
        {
            weights[directory.Raw] = TreeHalves.Weight(bytes, entries);
        }

        return (bytes, entries);
    }
}
