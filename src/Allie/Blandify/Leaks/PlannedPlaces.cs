using Allie.Files;

namespace Allie.Blandify.Leaks;

/// <summary>For a look at what changes will leave, before they are carried out: what becomes of each entry of the tree as it is.</summary>
public sealed class PlannedPlaces
{
    private readonly HashSet<ImagePath> _gone = [];
    private readonly List<(ImagePath From, ImagePath To)> _moved = [];
    private readonly Dictionary<ImagePath, TreeChange> _made = [];

    public PlannedPlaces(IEnumerable<TreeChange> changes)
    {
        foreach (var change in changes)
        {
            switch (change.Kind)
            {
                case TreeAction.Rename:
                    _moved.Add((change.Path, ImagePath.FromRaw(change.After!)));
                    if (_made.Remove(change.Path, out var made))
                    {
                        _made[ImagePath.FromRaw(change.After!)] = made;
                    }

                    break;
                case TreeAction.Delete or TreeAction.RemoveTree:
                    _made.Remove(change.Path);
                    _gone.Add(change.Path);
                    break;
                case TreeAction.Report or TreeAction.MakeDirectory:
                    break;
                default:
                    _made[change.Path] = change;
                    break;
            }
        }
    }

    public static PlannedPlaces None { get; } = new([]);

    /// <summary>New files and links, where they will be.</summary>
    public IEnumerable<TreeChange> Made => _made.Values;

    /// <summary>Where an entry will be; null when it goes, or when other content takes its place.</summary>
    public ImagePath? Becomes(ImagePath path)
    {
        if (_gone.Contains(path))
        {
            return null;
        }

        foreach (var (from, to) in _moved)
        {
            if (path.IsAtOrBelow(from))
            {
                path = path == from ? to : ImagePath.FromRaw(to.Raw + path.Raw[from.Raw.Length..]);
            }
        }

        return _made.ContainsKey(path) || _gone.Contains(path) ? null : path;
    }
}
