using Allie.Files;
using Allie.Images;
using Allie.Images.Fetch;

namespace Allie.Linux.Images;

/// <summary>Collects how large a tree is, and how to fetch it in two halves, while the tree is gone through.</summary>
internal sealed class TreeWeights
{
    private const int LevelsKept = 4;
    private readonly Dictionary<string, long> _weights = [];
    private readonly HashSet<ulong> _seen = [];

    private (long Bytes, long Entries) _total;

    internal ImageFacts Facts => new(_total.Bytes, _total.Entries, TreeHalves.Second(_weights));

    /// <summary>What one entry that is no directory takes. A file with several names counts once.</summary>
    internal (long Bytes, long Entries) Of(FileFacts facts) => facts.Links == 1 || _seen.Add(facts.Inode) ? (facts.Blocks * 512, 1) : (0, 0);

    /// <param name="path">A directory that has been gone through.</param>
    /// <param name="below">All in it, and itself.</param>
    internal void Directory(ImagePath path, (long Bytes, long Entries) below)
    {
        if (path.Raw.AsSpan().Count('/') < LevelsKept)
        {
            _weights[path.Raw] = TreeHalves.Weight(below.Bytes, below.Entries);
        }

        _total = below; // the root comes last
    }
}
