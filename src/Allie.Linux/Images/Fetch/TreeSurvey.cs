using Allie.Files;
using Allie.Images.Digests;
using Allie.Linux.Files;
using Allie.Linux.Images.Digests;
using Allie.Overlays.Layers;

namespace Allie.Linux.Images.Fetch;

/// <summary>
/// What stands between a tree and the image, entry by entry, told by reading the tree and the image's lists; and afterwards whether all of
/// it is the image. Every content is read: nothing is taken for the image's because of its size and time.
/// </summary>
internal sealed class TreeSurvey
{
    private readonly ImageRoot _root;
    private readonly DigestList _list;
    private readonly DigestList.Tally _tally;
    private readonly HashSet<ImagePath> _wanted = [];
    private readonly Dictionary<ulong, List<(ImagePath Path, ulong Key)>> _linked = [];

    // Of what may have to be written although it is right: a directory because of what is in it, a name because of another of its file.
    private readonly Dictionary<ImagePath, (ulong Key, ulong Digest)> _right = [];

    private TreeSurvey(ImageRoot root, DigestList list)
    {
        _root = root;
        _list = list;
        _tally = new(list);
    }

    /// <summary>Entries to be fetched: what differs, what is missing, and the directories of all that comes or goes.</summary>
    internal IReadOnlyCollection<ImagePath> Wanted => _wanted;

    /// <summary>Entries that the image has not.</summary>
    internal IReadOnlyList<ImagePath> Extra { get; private set; } = [];

    internal static TreeSurvey Of(ImageRoot root, DigestList list, PathList paths, CheckProgress progress)
    {
        var survey = new TreeSurvey(root, list);
        survey.Look(paths, progress);
        return survey;
    }

    /// <summary>Reads what was fetched. True: the tree is the image.</summary>
    internal bool IsTheImage()
    {
        var right = true;
        DigestReading.These(_root, _wanted, entry =>
        {
            right &= _tally.Meet(entry.Key, entry.Digest);
            Remember(entry);
        });
        foreach (var (key, digest) in _linked.Values.Where(n => n.Count > 1).Select(Record))
        {
            right &= _tally.Meet(key, digest);
        }

        return right && _tally.Missing == 0;
    }

    private void Look(PathList paths, CheckProgress progress)
    {
        var image = paths.All.Select(EntryDigest.KeyOf).ToArray();
        Array.Sort(image);
        var here = new bool[image.Length];
        var extra = new List<ImagePath>();
        var different = new List<ImagePath>();
        DigestReading.All(_root, entry =>
        {
            progress.One();
            Remember(entry);
            var at = Array.BinarySearch(image, entry.Key);
            if (at >= 0)
            {
                here[at] = true;
            }
            else
            {
                extra.Add(entry.Path);
            }

            if (!_tally.Meet(entry.Key, entry.Digest))
            {
                different.Add(entry.Path);
            }
            else if (entry.Facts is { IsDirectory: true } or { Links: > 1 })
            {
                _right[entry.Path] = (entry.Key, entry.Digest);
            }
        }, fromDisk: true);

        Extra = extra;
        _wanted.UnionWith(paths.All.Where(p => !here[Array.BinarySearch(image, EntryDigest.KeyOf(p))]));
        _wanted.UnionWith(different);
        WantWholeSets();
        _wanted.ExceptWith(Extra);
        foreach (var path in _wanted.Concat(Extra).Select(p => p.Parent).ToList())
        {
            _wanted.Add(path);
        }

        // A directory of what is gone with its own directory.
        _wanted.ExceptWith(Extra);
        foreach (var path in _wanted)
        {
            if (_right.TryGetValue(path, out var met))
            {
                _tally.Forget(met.Key, met.Digest);
            }
        }
    }

    /// <summary>The names of one file are fetched together or not at all: rsync links what it fetches in one call.</summary>
    private void WantWholeSets()
    {
        foreach (var (inode, names) in _linked.ToList())
        {
            var (key, digest) = Record(names);
            if (names.Any(n => _wanted.Contains(n.Path)) || (names.Count > 1 && !_list.Has(key, digest)))
            {
                _wanted.UnionWith(names.Select(n => n.Path));
                _linked.Remove(inode);
            }
        }
    }

    private void Remember(ReadEntry entry)
    {
        if (entry.Facts is { IsDirectory: false, Links: > 1 })
        {
            if (!_linked.TryGetValue(entry.Facts.Inode, out var names))
            {
                _linked[entry.Facts.Inode] = names = [];
            }

            names.Add((entry.Path, entry.Key));
        }
    }

    private static (ulong Key, ulong Digest) Record(List<(ImagePath Path, ulong Key)> names)
    {
        var keys = names.Aggregate(0UL, (all, name) => all ^ name.Key);
        return (keys, EntryDigest.OfLinks(keys, names.Count));
    }
}
