using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Overlays.Guards;
using Allie.Linux.Overlays.State;
using Allie.Overlays;

namespace Allie.Linux.Overlays;

/// <summary>
/// Carries out one plan. Order is what makes a kill harmless: undo and notes are on the disk before anything changes, new content is on the
/// disk before a rename shows it, and the notes follow the image. A few syncs for the whole plan, not one for each file.
/// </summary>
internal sealed class PlanExecution(
    ImageRoot root, OverlayState state, StepExecution each, SelinuxLabels labels, ImagePath binary, IReadOnlyList<IStepGuard> guards, Action<string>? checkpoint)
{
    /// <summary>Below that a second thread costs more than it gives.</summary>
    private const int WorthAThread = 64;

    private readonly List<PathFault> _faults = [];
    private readonly HashSet<ImagePath> _failed = [];
    private readonly Mountpoints _mounts = new(root, allowNetwork: true);
    private IReadOnlyCollection<ImagePath> _touched = [];
    private PutOffNotes? _putOff;

    /// <returns>The paths that failed and are as they were.</returns>
    internal IReadOnlyList<PathFault> Run(IReadOnlyList<OverlayStep> steps)
    {
        _touched = [state.Directory, .. steps.Select(s => s.Path)];
        state.Begin();
        var isDirectory = steps.ToLookup(s => s.Do == OverlayAction.MakeDirectory);
        if (isDirectory[true].Any())
        {
            Each(isDirectory[true], "prepare", each.Prepare);
            Sync("prepared"); // a new directory is shown before the files are that go into it
            Each(isDirectory[true], "stage", each.Stage);
        }

        PrepareAndStage([.. isDirectory[false]]);
        Each(steps, "check", Check);
        Sync("staged");
        Each(InOrder(steps), "commit", Commit);
        _faults.AddRange(labels.Settle() is { } unlabelled ? [unlabelled] : []);
        Sync("committed");
        each.NoteAll();
        Each(steps, "note", each.Note);
        state.End();
        return _faults;
    }

    /// <summary>Undo and notes, and new content under temporary names: none of it is shown, so one sync will do for all.</summary>
    private void PrepareAndStage(IReadOnlyList<OverlayStep> steps)
    {
        using var putOff = state.Pending.PutOff = state.Undo.PutOff = steps.Count >= WorthAThread ? new(root) : null;
        Each(steps, "prepare", each.Prepare);
        state.Pending.PutOff = state.Undo.PutOff = null;
        putOff?.Close();
        _putOff = putOff;
        Each(steps, "stage", each.Stage);
        if (putOff?.Finish() is { Count: > 0 } failed)
        {
            foreach (var step in steps.Where(s => failed.ContainsKey(s.Path)))
            {
                GiveUp(step, failed[step.Path]);
            }
        }
    }

    /// <summary>Files before the directories that held them, deepest first; our own binary last of all.</summary>
    private IEnumerable<OverlayStep> InOrder(IReadOnlyList<OverlayStep> steps) =>
        steps.Where(s => s.Do != OverlayAction.RemoveDirectory && s.Path != binary)
            .Concat(steps.Where(s => s.Do == OverlayAction.RemoveDirectory).Reverse())
            .Concat(steps.Where(s => s.Path == binary));

    private void Check(OverlayStep step)
    {
        if (each.Staged(step.Path) is { } staged)
        {
            foreach (var guard in guards)
            {
                guard.Check(step, staged, each.Staged);
            }
        }
    }

    private void Commit(OverlayStep step)
    {
        foreach (var guard in guards)
        {
            guard.Before(step);
        }

        each.Commit(step);
    }

    private void Sync(string point)
    {
        _mounts.Sync(root, _touched);
        checkpoint?.Invoke(point);
    }

    private void Each(IEnumerable<OverlayStep> steps, string part, Action<OverlayStep> act)
    {
        using var kept = each.KeepDirectories();
        foreach (var step in steps.Where(s => !_failed.Contains(s.Path)))
        {
            try
            {
                act(step);
            }
            catch (Exception e) when (e is LinuxException or UserError)
            {
                GiveUp(step, e.Message);
            }

            checkpoint?.Invoke($"{part} {step.Path}");
        }
    }

    private void GiveUp(OverlayStep step, string why)
    {
        _putOff?.Finish(); // its note may be under way
        if (_failed.Add(step.Path))
        {
            _faults.Add(new(step.Path, step.Wanted?.Layer ?? "", why));
            each.GiveUp(step);
        }
    }
}
