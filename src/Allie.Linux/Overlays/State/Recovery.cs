using Allie.Files;
using Allie.Linux.Files;
using Allie.Overlays.State;

namespace Allie.Linux.Overlays.State;

/// <summary>
/// After a run that was killed: what it had put in place is noted as ours, what it had not is forgotten, and a path that it had emptied but
/// not filled gets back what was there.
/// </summary>
internal sealed class Recovery(ImageRoot root, OverlayState state, SelinuxLabels labels)
{
    internal void Run()
    {
        SweepTemporaries();
        var made = new List<ImagePath>();
        foreach (var path in state.Pending.Paths.ToList())
        {
            if (IsInPlace(path))
            {
                made.AddRange(root.Exists(path) && state.Undo.Find(path).Kind == StateKind.Absent ? [path] : []);
                state.Applied.Take(state.Pending, path);
            }
            else
            {
                state.Pending.Drop(path);
            }
        }

        foreach (var path in state.Undo.Paths.Where(p => state.Applied.Find(p).Kind == StateKind.None).ToList())
        {
            GiveBack(path);
            state.Undo.Drop(path);
        }

        labels.Settle(made);
        new Mountpoints(root, allowNetwork: true).Sync(root, [state.Directory, .. made, .. state.Undo.Paths]);
        state.End();
    }

    private bool IsInPlace(ImagePath path)
    {
        var meant = state.Pending.Find(path);
        var current = EntryComparer.See(root, path);
        if (meant.Kind == StateKind.Absent || current is null)
        {
            return meant.Kind == StateKind.Absent && current is null;
        }

        return EntryComparer.SameButContent(current, root, path, EntryComparer.See(root, meant.Stored)!, root, meant.Stored)
            && (!current.Facts.IsRegular || EntryComparer.SameContent(root, path, [root.OpenRead(meant.Stored)])[0]);
    }

    private void GiveBack(ImagePath path)
    {
        var before = state.Undo.Find(path);
        if (before.Kind is StateKind.Entry or StateKind.Tree && !root.Exists(path) && root.Exists(path.Parent))
        {
            var staged = Temporaries.Beside(path);
            TreeCopy.Copy(root, before.Stored, root, staged);
            root.Rename(staged, path);
        }
    }

    private void SweepTemporaries()
    {
        var places = state.Pending.Paths.Concat(state.Undo.Paths).Concat(state.Applied.Paths).Select(p => p.Parent);
        foreach (var directory in places.Distinct().Where(p => root.TryStat(p) is { IsDirectory: true } || p.IsRoot))
        {
            Temporaries.Remove(root, directory);
        }

        state.Applied.Sweep();
        state.Undo.Sweep();
        state.Pending.Sweep();
    }
}
