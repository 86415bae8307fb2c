using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Overlays.Layers;
using Allie.Linux.Overlays.State;
using Allie.Overlays;
using Allie.Overlays.Layers;
using Allie.Overlays.State;

namespace Allie.Linux.Overlays;

/// <summary>What each step does to the image, in the parts that <see cref="PlanExecution"/> puts a sync between.</summary>
internal sealed class StepExecution(ImageRoot root, OverlayState state, LayerContents layers, SelinuxLabels labels)
{
    private readonly Dictionary<ImagePath, ImagePath> _staged = [];

    /// <summary>For one pass over the steps, in the image and in the layers.</summary>
    internal IDisposable KeepDirectories() => ImageRoot.KeepDirectories([root, .. layers.Roots]);

    /// <summary>Undo and the note of what is about to be there. Nothing of the image changes.</summary>
    internal void Prepare(OverlayStep step)
    {
        if (step.SaveUndo)
        {
            SaveUndo(step);
        }

        if (step is { Wanted: { } wanted, Record: true })
        {
            var (kind, source, from) = step.Do switch
            {
                OverlayAction.Remove => (StateKind.Absent, null, default),
                OverlayAction.Adopt when wanted.Kind == WantedKind.Absent => (StateKind.Absent, null, default),
                OverlayAction.MakeDirectory or OverlayAction.SetMetadata => (StateKind.Directory, layers.Root(wanted), wanted.Source),
                OverlayAction.Adopt when wanted.Kind == WantedKind.Directory => (StateKind.Directory, root, step.Path),
                _ => (StateKind.Entry, layers.Root(wanted), wanted.Source),
            };
            state.Pending.Put(step.Path, kind, source, from, kind == StateKind.Entry ? layers.Rendered(wanted) : null);
        }
    }

    /// <summary>New content under a temporary name beside its place; directories are made.</summary>
    internal void Stage(OverlayStep step)
    {
        switch (step.Do)
        {
            case OverlayAction.MakeDirectory:
                MakeDirectory(step);
                break;
            case OverlayAction.Install:
                layers.Stage(step.Wanted!, root, _staged[step.Path] = Temporaries.Beside(step.Path), m => labels.Labelled(m, step.Path, keep: true));
                break;
            case OverlayAction.Restore or OverlayAction.RemoveDirectory when state.Undo.Find(step.Path) is { Kind: StateKind.Entry or StateKind.Tree } before:
                TreeCopy.Copy(root, before.Stored, root, _staged[step.Path] = Temporaries.Beside(step.Path));
                break;
        }
    }

    /// <summary>Where the new content waits; null for a step without any.</summary>
    internal ImagePath? Staged(ImagePath path) => _staged.TryGetValue(path, out var staged) ? staged : null;

    /// <summary>The image changes: one rename or removal.</summary>
    internal void Commit(OverlayStep step)
    {
        switch (step.Do)
        {
            case OverlayAction.Install or OverlayAction.Restore when _staged.TryGetValue(step.Path, out var staged):
                ClearTheWay(step, staged);
                root.Rename(staged, step.Path, mayBeDirectory: !IsFile(step));
                break;
            case OverlayAction.Restore:
                root.SetMetadata(step.Path, root.Metadata(state.Undo.Find(step.Path).Stored));
                break;
            case OverlayAction.SetMetadata:
                root.SetMetadata(step.Path, layers.Metadata(step.Wanted!) with { MtimeNs = root.Stat(step.Path).MtimeNs });
                break;
            case OverlayAction.Remove when step is { SaveUndo: false, Wanted: not null } && root.TryStat(step.Path) is { IsDirectory: true }:
                RemoveOurDirectory(step.Path);
                break;
            case OverlayAction.Remove:
                MoveAway(step.Path);
                break;
            case OverlayAction.RemoveDirectory when _staged.TryGetValue(step.Path, out var own):
                RemoveOurDirectory(step.Path);
                root.Rename(own, step.Path);
                break;
            case OverlayAction.RemoveDirectory:
                root.RemoveEmptyDirectory(step.Path);
                break;
        }
    }

    /// <summary>On a first run, all notes at once: a rename for each file is a tenth of its time.</summary>
    internal void NoteAll()
    {
        if (state.Applied.Paths.Count > 0 || state.Pending.Paths.Count == 0)
        {
            return;
        }

        try
        {
            state.Applied.TakeAll(state.Pending);
        }
        catch (LinuxException)
        {
            // one by one, and each path tells what is wrong with it
        }
    }

    /// <summary>The notes become what the image is now. Applied goes before undo: an undo entry alone is known to be stale.</summary>
    internal void Note(OverlayStep step)
    {
        if (step.Wanted is not null && step.Record && state.Pending.Find(step.Path).Kind != StateKind.None)
        {
            state.Applied.Take(state.Pending, step.Path);
        }
        else if (step.Wanted is null)
        {
            state.Applied.Drop(step.Path);
            state.Undo.Drop(step.Path);
        }
    }

    /// <summary>After a failure: the path is as it was, and so are the notes.</summary>
    internal void GiveUp(OverlayStep step)
    {
        state.Pending.Drop(step.Path);
        if (_staged.Remove(step.Path, out var staged))
        {
            root.RemoveTree(staged);
        }
    }

    /// <summary>Shown with its mode and owner at once: a run that was killed in between would take a bare one for the image's own for ever.</summary>
    private void MakeDirectory(OverlayStep step)
    {
        var staged = _staged[step.Path] = Temporaries.Beside(step.Path);
        root.MakeDirectory(staged, labels.Labelled(layers.Metadata(step.Wanted!), step.Path, keep: false));
        root.RemoveFile(step.Path);
        root.Rename(staged, step.Path);
        _staged.Remove(step.Path);
    }

    private void SaveUndo(OverlayStep step)
    {
        var kind = root.TryStat(step.Path) switch
        {
            null => StateKind.Absent,
            { IsDirectory: false } => StateKind.Entry,
            _ => step.Wanted!.Kind == WantedKind.Directory ? StateKind.Directory : StateKind.Tree,
        };
        state.Undo.Put(step.Path, kind, root, step.Path);
    }

    /// <summary>rename(2) puts no file over a directory and no directory over anything but an empty one.</summary>
    private void ClearTheWay(OverlayStep step, ImagePath staged)
    {
        if (root.TryStat(step.Path) is not { IsDirectory: var isDirectory } || (IsFile(step) && !isDirectory))
        {
            return;
        }

        if (isDirectory && !step.SaveUndo)
        {
            RemoveOurDirectory(step.Path);
        }
        else if (isDirectory || root.Stat(staged).IsDirectory)
        {
            MoveAway(step.Path);
        }
    }

    private static bool IsFile(OverlayStep step) => step is { Do: OverlayAction.Install, Wanted.Kind: WantedKind.Entry };

    /// <summary>A directory that we made and that is to be something else: only when nobody has put anything into it.</summary>
    private void RemoveOurDirectory(ImagePath path)
    {
        if (!root.RemoveEmptyDirectory(path))
        {
            throw new UserError($"cannot take {root.Show(path)} away: it holds files that are not of any layer", "move them, and the next run does it");
        }
    }

    /// <summary>Out of the way by one rename, so that a kill never leaves half a directory in the place; then removed.</summary>
    private void MoveAway(ImagePath path)
    {
        if (root.TryStat(path) is not { } facts)
        {
            return;
        }

        if (!facts.IsDirectory)
        {
            root.RemoveFile(path);
            return;
        }

        var aside = Temporaries.Beside(path);
        root.Rename(path, aside);
        root.RemoveTree(aside);
    }
}
