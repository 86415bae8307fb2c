using Allie.Files;
using Allie.Images.Digests;

namespace Allie.Linux.Images.Digests;

/// <summary>
/// Which names of a tree are one file. On the server generations share files, so what counts is the names within this tree, not the
/// number of links.
/// </summary>
internal sealed class LinkSets
{
    private readonly Dictionary<ulong, (ulong Keys, int Count)> _sets = [];

    internal void Meet(FileFacts facts, ulong key)
    {
        if (facts is { IsDirectory: false, Links: > 1 })
        {
            var (keys, count) = _sets.GetValueOrDefault(facts.Inode);
            _sets[facts.Inode] = (keys ^ key, count + 1);
        }
    }

    /// <summary>One for each set of two and more.</summary>
    internal IEnumerable<(ulong Key, ulong Digest)> Records =>
        _sets.Values.Where(s => s.Count > 1).Select(s => (s.Keys, EntryDigest.OfLinks(s.Keys, s.Count)));
}
