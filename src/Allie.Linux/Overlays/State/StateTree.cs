using Allie.Files;
using Allie.Linux.Files;
using Allie.Overlays.Layers;
using Allie.Overlays.State;

namespace Allie.Linux.Overlays.State;

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
    private readonly SortedDictionary<ImagePath, Held> _entries = [];
    private readonly HashSet<ImagePath> _directories = [];
    private readonly bool _half;
    private bool _isNew;
    private string? _marker; // raw: two threads read and set it, and a reference is never half set

    /// <param name="root">The image.</param>
    /// <param name="top">The tree's directory. It may be missing: then the tree is empty.</param>
    /// <param name="half">A kill may leave half a file in it: nobody trusts what is in this tree unless it is the same as the image's.</param>
    internal StateTree(ImageRoot root, ImagePath top, bool half = false)
    {
        (_root, _top, _half) = (root, top, half);
        _isNew = !root.Exists(top);
        if (!_isNew)
        {
            Load(ImagePath.Root);
        }
    }

    internal IReadOnlyCollection<ImagePath> Paths => _entries.Keys;

    internal ImageRoot Root => _root;

    /// <summary>When it is set, new files and marks are noted here for whoever makes them.</summary>
    internal PutOffNotes? PutOff { get; set; }

    internal StateEntry Find(ImagePath path) => _entries.TryGetValue(path, out var held) ? new(held.Kind, Stored(path, held.Form)) : default;

    /// <summary>Where an entry is, told by the form alone: with 100,000 of them their paths would be a fifth of the memory of a run.</summary>
    /// <param name="Form">Null: under its own name. Empty: .wh.NAME. Else the directory beside it.</param>
    private readonly record struct Held(StateKind Kind, string? Form);

    /// <summary>Keeps a copy of an entry (a directory: its metadata, or with all in it when whole), or of nothing when source is null.</summary>
    /// <param name="path">In the image.</param>
    /// <param name="kind">What is kept of it.</param>
    /// <param name="source">Where the entry is.</param>
    /// <param name="from">What it is called there.</param>
    /// <param name="content">Of an entry, instead of what the source has.</param>
    internal void Put(ImagePath path, StateKind kind, ImageRoot? source, ImagePath from, byte[]? content = null)
    {
        var old = Find(path);
        var stored = Prepare(path, kind);
        switch (kind)
        {
            case StateKind.Absent when old.Kind == StateKind.None && PutOff is { } later:
                later.Add(path, (there, _) => Mark(there, stored));
                break;
            case StateKind.Absent:
                Mark(_root, stored);
                break;
            case StateKind.Tree:
                _root.RemoveTree(stored);
                TreeCopy.Copy(source!, from, _root, stored);
                break;
            case StateKind.Directory:
                _root.RemoveTree(stored);
                _root.MakeDirectory(stored, source!.Metadata(from));
                break;
            case StateKind.Entry when content is not null:
                _root.WriteFileLazily(stored, content, source!.Metadata(from));
                break;
            case StateKind.Entry when _half && old.Kind == StateKind.None && PutOff is { } later:
                later.Add(path, (there, own) => there.CopyNew(own(source!), from, stored));
                break;
            case StateKind.Entry when _half && old.Kind == StateKind.None:
                _root.CopyNew(source!, from, stored);
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

        _root.Rename(from.Stored, stored, mayBeDirectory: from.Kind is StateKind.Tree or StateKind.Directory);
        Replace(path, old, new(from.Kind, stored));
        other._entries.Remove(path);
    }

    /// <summary>All that another tree of the same state holds, by one rename: this one holds nothing yet.</summary>
    internal void TakeAll(StateTree other)
    {
        _root.RemoveTree(_top);
        _root.Rename(other._top, _top, mayBeDirectory: true);
        foreach (var (path, held) in other._entries)
        {
            _entries[path] = held;
        }

        _directories.Clear();
        _isNew = false;
        other.Clear();
    }

    /// <summary>All that it holds, and the directories that what was taken from it has left behind.</summary>
    internal void Clear()
    {
        _root.RemoveTree(_top);
        _entries.Clear();
        _directories.Clear();
        _isNew = true;
        _marker = null;
    }

    internal void Drop(ImagePath path)
    {
        if (_entries.Remove(path, out var held))
        {
            var stored = Stored(path, held.Form);
            _root.RemoveTree(stored);
            Prune(stored.Parent);
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
        _entries[path] = new(now.Kind, now.Stored.Parent != path.Parent.Under(_top) ? FormOf(now.Stored.Parent.Name) : now.Stored.Name == path.Name ? null : "");
        if (old.Kind != StateKind.None && old.Stored != now.Stored)
        {
            _root.RemoveTree(old.Stored);
            Prune(old.Stored.Parent);
        }
    }

    /// <summary>Names of one empty file: a new file for each would be most of the cost of a first run. By two threads at once it may be two.</summary>
    private void Mark(ImageRoot root, ImagePath stored)
    {
        if (_marker is not { } marker || !root.TryLink(ImagePath.FromRaw(marker), stored))
        {
            root.Mark(stored);
            _marker = stored.Raw;
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
                var mayBeTaken = !_isNew || _directories.Contains(plain); // a new tree has no directories but those made here
                var taken = mayBeTaken && _root.TryStat(plain) is { IsDirectory: true } && !RemoveIfEmpty(plain);
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
        if (!_directories.Add(stored))
        {
            return;
        }

        if (_root.TryStat(stored) is { } facts)
        {
            if (facts.IsDirectory)
            {
                return;
            }

            var path = ImagePath.FromRaw(stored.Raw[(_top.Raw.Length + 1)..]);
            var aside = Below(stored.Parent, Whole, stored.Name);
            _root.Rename(stored, aside);
            _entries[path] = new(StateKind.Entry, Whole);
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
        while (stored != _top && !stored.IsRoot && RemoveIfEmpty(stored))
        {
            stored = stored.Parent;
        }
    }

    private bool RemoveIfEmpty(ImagePath stored)
    {
        var removed = _root.RemoveEmptyDirectory(stored);
        if (removed)
        {
            _directories.Remove(stored);
        }

        return removed;
    }

    private void Load(ImagePath directory)
    {
        foreach (var (name, kind) in _root.Entries(directory.Under(_top)).Where(e => !Temporaries.IsOne(e.Name)))
        {
            var stored = directory.Join(name).Under(_top);
            if (name is Whole or OwnMetadata or None && kind == FileKind.Directory)
            {
                foreach (var (inner, innerKind) in _root.Entries(stored).Where(e => !Temporaries.IsOne(e.Name)))
                {
                    _entries[directory.Join(inner)] = new(KindOf(name, innerKind), FormOf(name));
                }
            }
            else if (name.StartsWith(SpecialName.Whiteout, StringComparison.Ordinal))
            {
                _entries[directory.Join(name[SpecialName.Whiteout.Length..])] = new(StateKind.Absent, "");
                _marker ??= stored.Raw;
            }
            else if (kind == FileKind.Directory)
            {
                Load(directory.Join(name));
            }
            else
            {
                _entries[directory.Join(name)] = new(StateKind.Entry, null);
            }
        }
    }

    private ImagePath Stored(ImagePath path, string? form)
    {
        var beside = path.Parent.Under(_top);
        return form switch
        {
            null => beside.Join(path.Name),
            "" => beside.Join(SpecialName.Whiteout + path.Name),
            _ => beside.Join(form).Join(path.Name),
        };
    }

    /// <summary>The constant, not a copy of it for each entry.</summary>
    private static string FormOf(string directory) => directory switch
    {
        Whole => Whole,
        OwnMetadata => OwnMetadata,
        _ => None,
    };

    private static StateKind KindOf(string form, FileKind kind) => form switch
    {
        None => StateKind.Absent,
        OwnMetadata => StateKind.Directory,
        _ => kind == FileKind.Directory ? StateKind.Tree : StateKind.Entry,
    };
}
