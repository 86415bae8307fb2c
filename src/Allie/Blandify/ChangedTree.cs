using Allie.Files;

namespace Allie.Blandify;

/// <summary>
/// A tree as it will be after changes that are only decided so far. Directories that are symlinks are resolved inside the tree, so that
/// var/run/x and run/x are one file. What the tree answers is remembered: rules ask the same directories often.
/// </summary>
public sealed class ChangedTree(ITreeView source) : ITreeView
{
    private const int MostLinks = 40; // as the kernel's own limit, path_resolution(7)
    private static readonly FileFacts Nothing = new((FileKind)0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private readonly Dictionary<ImagePath, TreeChange> _made = [];
    private readonly Dictionary<ImagePath, HashSet<ImagePath>> _madeIn = []; // by directory: there may be ten thousand logs
    private readonly HashSet<ImagePath> _gone = [];
    private readonly List<(ImagePath From, ImagePath To)> _moved = [];
    private readonly Dictionary<ImagePath, FileFacts?> _facts = [];
    private readonly Dictionary<ImagePath, IReadOnlyList<(string Name, FileKind Kind)>> _entries = [];
    private readonly Dictionary<ImagePath, ImagePath?> _directories = [];

    public FileFacts? Find(ImagePath path) => Directory(path.Parent) is { } parent ? Look(path.IsRoot ? path : parent.Join(path.Name)) : null;

    public string? Text(ImagePath path)
    {
        var real = Real(path);
        return Find(real) is not { IsRegular: true, Size: <= ITreeView.MostText } ? null
            : _made.TryGetValue(real, out var made) ? made.After ?? ""
            : Origin(real) is { } origin ? source.Text(origin) : null;
    }

    public string? LinkTarget(ImagePath path)
    {
        var real = Real(path);
        return Find(real) is not { IsSymlink: true } ? null
            : _made.TryGetValue(real, out var made) ? made.After
            : Origin(real) is { } origin ? source.LinkTarget(origin) : null;
    }

    public bool? HasCapabilities(ImagePath path) => Origin(Real(path)) is { } origin && !_made.ContainsKey(Real(path)) ? source.HasCapabilities(origin) : null;

    public IReadOnlyList<string> Names(ImagePath directory) => [.. Entries(directory).Select(e => e.Name)];

    public IReadOnlyList<(string Name, FileKind Kind)> Entries(ImagePath directory)
    {
        if (Directory(directory) is not { } real || Look(real) is not { IsDirectory: true })
        {
            return [];
        }

        var origin = Origin(real);
        IReadOnlyList<(string Name, FileKind Kind)> there = [];
        if (origin is { } at && !_entries.TryGetValue(at, out there!))
        {
            _entries[at] = there = source.Entries(at);
        }

        if (_made.Count + _gone.Count + _moved.Count == 0)
        {
            return there;
        }

        var known = there.Select(e => e.Name).ToHashSet();
        var kept = there.Select(e => (e.Name, Kind: KindOf(real.Join(e.Name), e.Kind))).Where(e => e.Kind != 0);
        var added = _madeIn.GetValueOrDefault(real, []).Concat(_moved.Select(m => m.To).Where(p => p.Parent == real)).Where(p => !known.Contains(p.Name))
            .Distinct().Select(p => (p.Name, Kind: Look(p)?.Kind ?? 0)).Where(e => e.Kind != 0);
        return [.. kept.Concat(added).OrderBy(e => e.Name, StringComparer.Ordinal)];
    }

    /// <summary>The path with the symlinks of its directories resolved inside the tree; as it is where they lead nowhere.</summary>
    public ImagePath Real(ImagePath path) => path.IsRoot || Directory(path.Parent) is not { } parent ? path : parent.Join(path.Name);

    public ImagePath Unmoved(ImagePath path) => Origin(Real(path)) ?? path;

    public ImagePath? Follow(ImagePath path) => Resolve(path, leafIsDirectory: false);

    public void Apply(TreeChange change)
    {
        var path = change.Path;
        if (change.Kind is not (TreeAction.Truncate or TreeAction.Report) && Look(path) is not { IsRegular: true })
        {
            _directories.Clear(); // what was a directory, or a link to one, may be none now
        }

        switch (change.Kind)
        {
            case TreeAction.Rename:
                var to = ImagePath.FromRaw(change.After!);
                foreach (var (at, made) in _made.Where(m => m.Key.IsAtOrBelow(path)).ToList())
                {
                    Unmake(at);
                    MakeAt(Moved(at, path, to), made);
                }

                _gone.Remove(to);
                _moved.Add((path, to));
                break;
            case TreeAction.Delete or TreeAction.RemoveTree:
                foreach (var at in change.Kind == TreeAction.Delete ? [path] : _made.Keys.Where(m => m.IsAtOrBelow(path)).ToList())
                {
                    Unmake(at);
                }

                _gone.Add(path);
                break;
            case TreeAction.Report:
                break;
            default:
                _gone.Remove(path);
                MakeAt(path, change);
                break;
        }
    }

    private void MakeAt(ImagePath path, TreeChange change)
    {
        _made[path] = change;
        if (!_madeIn.TryGetValue(path.Parent, out var there))
        {
            _madeIn[path.Parent] = there = [];
        }

        there.Add(path);
    }

    private void Unmake(ImagePath path)
    {
        if (_made.Remove(path))
        {
            _madeIn[path.Parent].Remove(path);
        }
    }

    private static ImagePath Moved(ImagePath path, ImagePath from, ImagePath to) => path == from ? to : ImagePath.FromRaw(to.Raw + path.Raw[from.Raw.Length..]);

    /// <summary>0 when it is gone. What the directory said is enough unless something was decided about this very name.</summary>
    private FileKind KindOf(ImagePath path, FileKind listed) => _made.ContainsKey(path) ? Look(path)!.Value.Kind : Origin(path) is null ? 0 : listed;

    private FileFacts? Look(ImagePath path)
    {
        if (_made.TryGetValue(path, out var made))
        {
            var old = SourceFacts(path) is { IsRegular: true } facts ? facts : Nothing with { Permissions = 0x1A4, Links = 1 };
            return made.Kind == TreeAction.Link ? Nothing with { Kind = FileKind.Symlink, Permissions = 0x1FF }
                : made.Kind == TreeAction.MakeDirectory ? Nothing with { Kind = FileKind.Directory, Permissions = 0x1ED }
                : old with { Kind = FileKind.Regular, Size = made.After?.Length ?? 0, Permissions = made.Permissions ?? old.Permissions };
        }

        return SourceFacts(path);
    }

    private FileFacts? SourceFacts(ImagePath path)
    {
        if (Origin(path) is not { } origin)
        {
            return null;
        }

        if (!_facts.TryGetValue(origin, out var facts))
        {
            _facts[origin] = facts = source.Find(origin);
        }

        return facts;
    }

    /// <summary>Where it is in the tree before all changes; null when it was taken away.</summary>
    private ImagePath? Origin(ImagePath path)
    {
        for (var at = path; _gone.Count > 0; at = at.Parent)
        {
            if (_gone.Contains(at))
            {
                return null;
            }

            if (at.IsRoot)
            {
                break;
            }
        }

        for (var i = _moved.Count - 1; i >= 0; i--)
        {
            var (from, to) = _moved[i];
            if (path.IsAtOrBelow(to))
            {
                path = Moved(path, to, from);
            }
            else if (path.IsAtOrBelow(from))
            {
                return null;
            }
        }

        return path;
    }

    /// <summary>The real directory; null when there is none, or its links go round.</summary>
    private ImagePath? Directory(ImagePath path)
    {
        if (path.IsRoot)
        {
            return path;
        }

        if (!_directories.TryGetValue(path, out var real))
        {
            _directories[path] = real = Resolve(path, leafIsDirectory: true);
        }

        return real;
    }

    private ImagePath? Resolve(ImagePath path, bool leafIsDirectory)
    {
        var here = ImagePath.Root;
        var pending = new Stack<string>(path.Components.Reverse());
        var links = 0;
        while (pending.TryPop(out var name))
        {
            if (name == "..")
            {
                here = here.Parent;
                continue;
            }

            var next = here.Join(name);
            switch (Look(next))
            {
                case { IsDirectory: true }:
                    here = next;
                    break;
                case { IsSymlink: true } when ++links <= MostLinks:
                    var target = _made.TryGetValue(next, out var made) ? made.After! : source.LinkTarget(Origin(next)!.Value) ?? "";
                    here = target.StartsWith('/') ? ImagePath.Root : here;
                    foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".").Reverse())
                    {
                        pending.Push(part);
                    }

                    break;
                case { IsSymlink: false } when !leafIsDirectory && pending.Count == 0:
                    return next;
                default:
                    return null;
            }
        }

        return here;
    }
}
