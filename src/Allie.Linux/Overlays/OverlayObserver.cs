using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Overlays.Layers;
using Allie.Linux.Overlays.State;
using Allie.Overlays.Layers;
using Allie.Overlays.State;

namespace Allie.Linux.Overlays;

/// <summary>Looks at every path that a layer speaks of or that we have put there, and tells the planner how it stands. Writes nothing.</summary>
internal sealed class OverlayObserver(ImageRoot root, StateTree applied, StateTree undo, LayerContents layers, Mountpoints mounts, SeenStates seen) : IDisposable
{
    private readonly Dictionary<ImageRoot, ImageRoot.Looks> _layerLooks = [];
    private readonly ImageRoot.Looks _image = new(root);
    private readonly ImageRoot.Looks _applied = new(applied.Root);
    private readonly ImageRoot.Looks _undo = new(undo.Root);
    private readonly long _now = ImageRoot.Now;

    internal IEnumerable<PathState> Observe(MergedLayers merged) =>
        merged.Wanted.Keys.Union(applied.Paths).Order().Select(path => Observe(path, merged.Wanted.GetValueOrDefault(path))).OfType<PathState>();

    public void Dispose()
    {
        foreach (var looks in _layerLooks.Values.Append(_image).Append(_applied).Append(_undo))
        {
            looks.Dispose();
        }
    }

    /// <summary>Null for a directory on a network file system that only leads to what is skipped there.</summary>
    private PathState? Observe(ImagePath path, Wanted? wanted)
    {
        var (put, before) = (applied.Find(path), undo.Find(path));
        if (mounts.Network(path) is { } point)
        {
            return wanted is { Kind: WantedKind.Directory, OwnMetadata: false, Replace: false }
                ? null
                : new(path, wanted, put.Kind, before.Kind, null, false, false, false, $"{point} is a network file system ({mounts.TypeAt(point)}); skipped, unless allie.toml says: [safety] allow-nfs = true");
        }

        try
        {
            var current = _image.At(path);
            var state = new PathState(path, wanted, put.Kind, before.Kind, current?.Kind, false, false, false, Obstacle(path, wanted, current));
            return state.Obstacle is null ? Compared(state, current, put, before) : state;
        }
        catch (Exception e) when (e is LinuxException or UserError)
        {
            return new(path, wanted, put.Kind, before.Kind, null, false, false, false, e.Message);
        }
    }

    private string? Obstacle(ImagePath path, Wanted? wanted, FileFacts? current) =>
        current is not { } facts || wanted is { Kind: WantedKind.Directory, Replace: false } ? null
        : mounts.At(path) || (facts.IsDirectory && wanted is { Kind: WantedKind.Absent or WantedKind.Entry } && mounts.Below(path))
            ? "a file system is mounted there"
            : null;

    private PathState Compared(PathState state, FileFacts? current, StateEntry put, StateEntry before)
    {
        if (current is null && state.Wanted is { IsTemplate: true } template)
        {
            layers.Rendered(template); // so that a mistake is a fault of the plan, not of its execution
        }

        var same = current is null ? Sameness.None : Find(state, current.Value, Others(state, put, before));
        return state with
        {
            WantedIsCurrent = same.HasFlag(Sameness.Wanted),
            AppliedIsCurrent = put.Kind == StateKind.Absent ? current is null : same.HasFlag(Sameness.Applied),
            UndoIsCurrent = before.Kind == StateKind.Absent ? current is null : same.HasFlag(Sameness.Undo),
        };
    }

    /// <summary>
    /// What the path is compared with, in the order of <see cref="Sameness"/>. A directory's own metadata counts where .allie-dir says so, and where
    /// the directory is of our making.
    /// </summary>
    private Compared?[] Others(PathState state, StateEntry put, StateEntry before) =>
    [
        state.Wanted is { Kind: WantedKind.Entry } || (state.Wanted is { Kind: WantedKind.Directory } wanted && (wanted.OwnMetadata || put.Kind == StateKind.Directory)) ? At(state.Wanted) : null,
        IsComparable(put) ? new(applied.Root, put.Stored, _applied.At(put.Stored)) : null,
        state.Wanted is null or { Kind: WantedKind.Keep } && IsComparable(before) ? new(undo.Root, before.Stored, _undo.At(before.Stored)) : null,
    ];

    private Compared At(Wanted wanted)
    {
        var layer = layers.Root(wanted);
        if (!_layerLooks.TryGetValue(layer, out var looks))
        {
            _layerLooks[layer] = looks = new(layer);
        }

        return new(layer, wanted.Source, looks.At(wanted.Source), layers.IsMade(wanted) ? wanted : null);
    }

    private static bool IsComparable(StateEntry entry) => entry.Kind is StateKind.Entry or StateKind.Directory;

    private Sameness Find(PathState state, FileFacts current, Compared?[] others)
    {
        if (Array.TrueForAll(others, o => o is null))
        {
            return Sameness.None;
        }

        FileFacts?[] files = [current, .. others.Select(o => o?.Facts)];
        var key = SeenStates.Key(state.Path, files, others[0]?.Template is { } made ? layers.Digest(made) : 0);
        if (seen.Find(key) is { } known)
        {
            return (Sameness)known;
        }

        var same = new EntryComparison(root, state.Path, current, layers).With(others);
        if (files.All(f => f is null || SeenStates.IsSettled(f.Value, _now)))
        {
            seen.Add(key, (byte)same);
        }

        return same;
    }
}
