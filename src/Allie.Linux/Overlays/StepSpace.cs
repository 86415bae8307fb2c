using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Overlays.Layers;
using Allie.Linux.Overlays.State;
using Allie.Overlays;
using Allie.Overlays.Layers;
using Allie.Overlays.State;

namespace Allie.Linux.Overlays;

/// <summary>How much room the steps of a plan take at the least, and what there is. What it cannot tell counts as nothing: then the write itself says so.</summary>
internal sealed class StepSpace(ImageRoot root, OverlayState state, LayerContents layers) : IDisposable
{
    private readonly Mountpoints _mounts = new(root, allowNetwork: true);
    private readonly Dictionary<ImagePath, (FileSystemRoom Room, FileFacts? Top)> _rooms = [];
    private readonly Dictionary<(uint, uint), SpaceAccount> _accounts = [];
    private readonly Dictionary<ImageRoot, ImageRoot.Looks> _looks = [];
    private ImagePath? _notes;

    internal OverlayPlan Fit(OverlayPlan plan) => SpaceFit.Of(plan, Needs, Account);

    public void Dispose()
    {
        foreach (var looks in _looks.Values)
        {
            looks.Dispose();
        }
    }

    private SpaceAccount Account(ImagePath at)
    {
        var (room, top) = Room(at);
        var key = (top!.Value.DeviceMajor, top.Value.DeviceMinor);
        return _accounts.TryGetValue(key, out var account) ? account : _accounts[key] = new(room.Free);
    }

    private List<SpaceNeed> Needs(OverlayStep step)
    {
        var needs = new List<SpaceNeed>();
        var (here, notes) = (_mounts.Of(step.Path), _notes ??= _mounts.Of(state.Directory));
        switch (step)
        {
            case { Do: OverlayAction.Install or OverlayAction.Adopt, Wanted: { Kind: WantedKind.Entry or WantedKind.Once } wanted } when !layers.IsMade(wanted):
                var content = Look(layers.Root(wanted), wanted.Source);
                Add(step.Do == OverlayAction.Install ? here : notes, content);
                if (step is { Do: OverlayAction.Install, Record: true })
                {
                    Add(notes, content);
                }

                break;
            case { Do: OverlayAction.Restore or OverlayAction.RemoveDirectory } when state.Undo.Find(step.Path) is { Kind: StateKind.Entry or StateKind.Tree } before:
                AddTree(here, before.Stored);
                break;
        }

        if (step.SaveUndo && step.Wanted is not { Kind: WantedKind.Directory })
        {
            AddTree(notes, step.Path);
        }

        return needs;

        void AddTree(ImagePath at, ImagePath path)
        {
            var facts = Look(root, path);
            Add(at, facts);
            if (facts is { IsDirectory: true } && Room(at).Room.IsCounted)
            {
                foreach (var name in root.List(path))
                {
                    AddTree(at, path.Join(name));
                }
            }
        }

        void Add(ImagePath at, FileFacts? source)
        {
            if (source is { IsRegular: true } file && Room(at) is { Room.IsCounted: true, Top: { } top } there && !(there.Room.MayShare && file.SameDevice(top)))
            {
                needs.Add(new(at, Math.Min(file.Size, file.Blocks * 512)));
            }
        }
    }

    private FileFacts? Look(ImageRoot from, ImagePath path)
    {
        if (!_looks.TryGetValue(from, out var looks))
        {
            _looks[from] = looks = new(from);
        }

        try
        {
            return looks.At(path);
        }
        catch (LinuxException)
        {
            return null; // the step itself tells what is wrong with it
        }
    }

    private (FileSystemRoom Room, FileFacts? Top) Room(ImagePath at)
    {
        if (_rooms.TryGetValue(at, out var known))
        {
            return known;
        }

        try
        {
            return _rooms[at] = (root.Room(at), root.Stat(at));
        }
        catch (LinuxException)
        {
            return _rooms[at] = (default, null);
        }
    }
}
