using Allie.Files;
using Allie.Linux.Files;
using Allie.Overlays;

namespace Allie.Linux.Overlays;

/// <summary>
/// applied/, undo/ or pending/: a plain tree in overlay format, so that ls and diff -r show it. A path is held as NAME (a file), .wh.NAME
/// (nothing), or in one of three directories beside it: .wh..whole/NAME (a directory with all in it, and a file whose own place is taken by
/// a directory), .wh..dir/NAME (mode and owner of a directory), .wh..none/NAME (nothing, where .wh.NAME would be longer than 255 bytes).
/// </summary>
internal sealed class StateTree
{
    private const string Whole = ".wh..whole";
    private const string OwnMetadata = ".wh..dir";
    private const string None = ".wh..none";
    private const int LongestName = 255;

    private readonly ImageRoot _root;
    private readonly ImagePath _top;
    private readonly SortedDictionary<ImagePath, StateEntry> _entries = [];

    /// <param name="root">The image.</param>
    /// <param name="top">The tree's directory. It may be missing: then the tree is empty.</param>
    internal StateTree(ImageRoot root, ImagePath top)
    {
        (_root, _top) = (root, top);
        if (root.Exists(top))
        {
            Load(ImagePath.Root);
        }
    }

    internal IReadOnlyCollection<ImagePath> Paths => _entries.Keys;

    internal ImageRoot Root => _root;

    internal StateEntry Find(ImagePath path) => _entries.GetValueOrDefault(path);

    /// <summary>Keeps a copy of an entry (a directory: its metadata, or with all in it when whole), or of nothing when source is null.</summary>
    internal void Put(ImagePath path, StateKind kind, ImageRoot? source, ImagePath from)
    {
        var old = Find(path);
        var stored = Prepare(path, kind);
        switch (kind)
        {
            case StateKind.Absent:
                _root.WriteFile(stored, [], FileMetadata.Root(0x180, 0));
                break;
            case StateKind.Tree:
                _root.RemoveTree(stored);
                TreeCopy.Copy(source!, from, _root, stored);
                break;
            case StateKind.Directory:
                _root.RemoveTree(stored);
                _root.MakeDirectory(stored, source!.Metadata(from));
                break;
            default:
                _root.CopyFrom(source!, from, stored);
                break;
        }

        Replace(path, old, new(kind, stored));
    }

    /// <summary>Moves what another tree of the same state holds for a path into this one, by rename.</summary>
    internal void Take(StateTree other, ImagePath path)
    {
        var (old, from) = (Find(path), other.Find(path));
        var stored = Prepare(path, from.Kind);
        if (from.Kind is StateKind.Tree or StateKind.Directory)
        {
            _root.RemoveTree(stored);
        }

        _root.Rename(from.Stored, stored);
        Replace(path, old, new(from.Kind, stored));
        other._entries.Remove(path);
        other.Prune(from.Stored.Parent);
    }

    internal void Drop(ImagePath path)
    {
        if (_entries.Remove(path, out var entry))
        {
            _root.RemoveTree(entry.Stored);
            Prune(entry.Stored.Parent);
        }
    }

    /// <summary>Temporary files and half copies of a run that was killed, also where it had not come to a first entry.</summary>
    internal void Sweep() => Sweep(_top);

    private void Sweep(ImagePath directory)
    {
        if (_root.TryStat(directory) is not { IsDirectory: true })
        {
            return;
        }

        Temporaries.Remove(_root, directory);
        var isForm = directory.Name is Whole or OwnMetadata or None;
        foreach (var name in isForm ? [] : _root.List(directory))
        {
            Sweep(directory.Join(name));
        }

        Prune(directory);
    }

    private void Replace(ImagePath path, StateEntry old, StateEntry now)
    {
        _entries[path] = now;
        if (old.Kind != StateKind.None && old.Stored != now.Stored)
        {
            _root.RemoveTree(old.Stored);
            Prune(old.Stored.Parent);
        }
    }

    private ImagePath Prepare(ImagePath path, StateKind kind)
    {
        var beside = path.Parent.Under(_top);
        EnsureDirectory(beside);
        var plain = beside.Join(path.Name);
        switch (kind)
        {
            case StateKind.Tree:
                return Below(beside, Whole, path.Name);
            case StateKind.Directory:
                return Below(beside, OwnMetadata, path.Name);
            case StateKind.Absent:
                var marker = SpecialName.Whiteout + path.Name;
                return marker.Length > LongestName || marker is Whole or OwnMetadata or None ? Below(beside, None, path.Name) : beside.Join(marker);
            default:
                var taken = _root.TryStat(plain) is { IsDirectory: true } && !_root.RemoveEmptyDirectory(plain);
                return taken ? Below(beside, Whole, path.Name) : plain;
        }
    }

    private ImagePath Below(ImagePath directory, string form, string name)
    {
        EnsureDirectory(directory.Join(form));
        return directory.Join(form).Join(name);
    }

    /// <summary>Scaffolding, 0700. A file that is kept under the name of a directory on the way moves aside.</summary>
    private void EnsureDirectory(ImagePath stored)
    {
        if (_root.TryStat(stored) is { } facts)
        {
            if (facts.IsDirectory)
            {
                return;
            }

            var path = ImagePath.FromRaw(stored.Raw[(_top.Raw.Length + 1)..]);
            var aside = Below(stored.Parent, Whole, stored.Name);
            _root.Rename(stored, aside);
            _entries[path] = new(StateKind.Entry, aside);
        }
        else if (!stored.IsRoot)
        {
            EnsureDirectory(stored.Parent);
        }

        _root.MakeDirectories(stored, 0x1C0);
    }

    /// <summary>Scaffolding that holds nothing any more.</summary>
    private void Prune(ImagePath stored)
    {
        while (stored != _top && !stored.IsRoot && _root.RemoveEmptyDirectory(stored))
        {
            stored = stored.Parent;
        }
    }

    private void Load(ImagePath directory)
    {
        foreach (var name in _root.List(directory.Under(_top)).Where(n => !Temporaries.IsOne(n)))
        {
            var stored = directory.Join(name).Under(_top);
            if (name is Whole or OwnMetadata or None && _root.Stat(stored).IsDirectory)
            {
                foreach (var inner in _root.List(stored).Where(n => !Temporaries.IsOne(n)))
                {
                    _entries[directory.Join(inner)] = new(KindOf(name, stored.Join(inner)), stored.Join(inner));
                }
            }
            else if (name.StartsWith(SpecialName.Whiteout, StringComparison.Ordinal))
            {
                _entries[directory.Join(name[SpecialName.Whiteout.Length..])] = new(StateKind.Absent, stored);
            }
            else if (_root.Stat(stored).IsDirectory)
            {
                Load(directory.Join(name));
            }
            else
            {
                _entries[directory.Join(name)] = new(StateKind.Entry, stored);
            }
        }
    }

    private StateKind KindOf(string form, ImagePath stored) => form switch
    {
        None => StateKind.Absent,
        OwnMetadata => StateKind.Directory,
        _ => _root.Stat(stored).IsDirectory ? StateKind.Tree : StateKind.Entry,
    };
}
