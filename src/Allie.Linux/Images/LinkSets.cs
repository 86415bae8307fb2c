using Allie.Images;

namespace Allie.Linux.Images;

/// <summary>
/// Which names of a tree are one file. On the server generations share files, so what counts is the names within this tree, not the
/// number of links.
/// </summary>
internal sealed class LinkSets
{
    private readonly Dictionary<ulong, (ulong Keys, int Count)> _sets = [];

    internal void Meet(ReadEntry entry)
    {
        if (entry.Facts is { IsDirectory: false, Links: > 1 })
        {
            var (keys, count) = _sets.GetValueOrDefault(entry.Facts.Inode);
            _sets[entry.Facts.Inode] = (keys ^ entry.Key, count + 1);
        }
    }

    /// <summary>One for each set of two and more.</summary>
    internal IEnumerable<(ulong Key, ulong Digest)> Records =>
        _sets.Values.Where(s => s.Count > 1).Select(s => (s.Keys, EntryDigest.OfLinks(s.Keys, s.Count)));
}
