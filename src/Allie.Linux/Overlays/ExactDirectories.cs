using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Overlays.State;
using Allie.Overlays.Layers;
using Allie.Overlays.State;

namespace Allie.Linux.Overlays;

/// <summary>
/// .wh..wh..opq, and .wh.NAME beside NAME/: what the image has in such a directory, and in those below it that layers fill, is to go. Each name
/// of it becomes a wish of its own, so that it is kept in undo and comes back as any other.
/// </summary>
internal sealed class ExactDirectories(ImageRoot root, StateTree applied)
{
    internal MergedLayers Expand(MergedLayers merged)
    {
        var exact = merged.Wanted.Values.Where(w => w is { Exact: not null, Kind: WantedKind.Directory }).ToList();
        if (exact.Count == 0)
        {
            return merged;
        }

        var wanted = new Dictionary<ImagePath, Wanted>(merged.Wanted);
        foreach (var top in exact)
        {
            var directories = merged.Wanted.Values.Where(w => w.Kind == WantedKind.Directory && w.Place.IsAtOrBelow(top.Place)).Select(w => w.Place).ToHashSet();
            foreach (var path in directories.SelectMany(Present).Concat(Hidden(directories)))
            {
                wanted.TryAdd(path, new(path, WantedKind.Absent, top.Exact!, top.Source, Exact: top.Exact));
            }
        }

        return merged with { Wanted = wanted };
    }

    /// <summary>A socket is a running service's; it makes it anew.</summary>
    private IEnumerable<ImagePath> Present(ImagePath directory) =>
        root.TryStat(directory) is not { IsDirectory: true } ? []
        : root.List(directory).Where(n => !Temporaries.IsOne(n)).Select(directory.Join).Where(p => root.TryStat(p) is { Kind: not FileKind.Socket });

    private IEnumerable<ImagePath> Hidden(HashSet<ImagePath> directories) =>
        applied.Paths.Where(p => applied.Find(p).Kind == StateKind.Absent && directories.Contains(p.Parent));
}
