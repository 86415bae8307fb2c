using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Overlays;

namespace Allie.Linux.Overlays;

/// <summary>Looks at every path that a layer speaks of or that we have put there, and tells the planner how it stands. Writes nothing.</summary>
internal sealed class OverlayObserver(ImageRoot root, StateTree applied, StateTree undo, IReadOnlyDictionary<string, ImageRoot> layers, Mountpoints mounts)
{
    internal IEnumerable<PathState> Observe(MergedLayers merged) =>
        merged.Wanted.Keys.Union(applied.Paths).Select(path => Observe(path, merged.Wanted.GetValueOrDefault(path)));

    private PathState Observe(ImagePath path, Wanted? wanted)
    {
        var (put, before) = (applied.Find(path), undo.Find(path));
        try
        {
            var current = EntryComparer.See(root, path);
            var state = new PathState(path, wanted, put.Kind, before.Kind, current?.Facts.Kind, false, false, false, Obstacle(path, wanted, current));
            return state.Obstacle is null ? Compared(state, current, put, before) : state;
        }
        catch (Exception e) when (e is LinuxException or UserError)
        {
            return new(path, wanted, put.Kind, before.Kind, null, false, false, false, e.Message);
        }
    }

    private string? Obstacle(ImagePath path, Wanted? wanted, EntryComparer.Sight? current) =>
        current is null || wanted is { Kind: WantedKind.Directory, Replace: false } ? null
        : mounts.At(path) || (current.Facts.IsDirectory && wanted is { Kind: WantedKind.Absent or WantedKind.Entry } && mounts.Below(path))
            ? "a file system is mounted there"
            : null;

    private PathState Compared(PathState state, EntryComparer.Sight? current, StateEntry put, StateEntry before)
    {
        var wantedAt = state.Wanted is { Kind: WantedKind.Entry or WantedKind.Directory } w ? (layers[w.Layer], w.Source) : default((ImageRoot, ImagePath)?);
        (ImageRoot, ImagePath)?[] others =
        [
            wantedAt,
            Comparable(put) ? (applied.Root, put.Stored) : null,
            state.Wanted is null or { Kind: WantedKind.Keep } && Comparable(before) ? (undo.Root, before.Stored) : null,
        ];
        var same = Same(state.Path, current, others);
        return state with
        {
            WantedIsCurrent = same[0],
            AppliedIsCurrent = put.Kind == StateKind.Absent ? current is null : same[1],
            UndoIsCurrent = before.Kind == StateKind.Absent ? current is null : same[2] && SameTime(current, before),
        };
    }

    /// <summary>To be as it was before us is to have its time back too, though a time alone is never drift.</summary>
    private bool SameTime(EntryComparer.Sight? current, StateEntry before) => current!.Facts.MtimeNs == undo.Root.Stat(before.Stored).MtimeNs;

    private static bool Comparable(StateEntry entry) => entry.Kind is StateKind.Entry or StateKind.Directory;

    private bool[] Same(ImagePath path, EntryComparer.Sight? current, (ImageRoot Root, ImagePath Path)?[] others)
    {
        var same = new bool[others.Length];
        if (current is null)
        {
            return same;
        }

        for (var i = 0; i < others.Length; i++)
        {
            same[i] = others[i] is { } other && EntryComparer.See(other.Root, other.Path) is { } sight
                && EntryComparer.SameButContent(current, root, path, sight, other.Root, other.Path);
        }

        if (current.Facts.IsRegular && same.Contains(true))
        {
            int[] open = [.. Enumerable.Range(0, same.Length).Where(i => same[i])];
            var contents = EntryComparer.SameContent(root, path, [.. open.Select(i => others[i]!.Value)]);
            for (var k = 0; k < open.Length; k++)
            {
                same[open[k]] = contents[k];
            }
        }

        return same;
    }
}
