using Allie.Files;
using Allie.Overlays.Layers;
using Allie.Overlays.State;

namespace Allie.Overlays;

/// <summary>The decision for one path, the table of docs/design/overlays.md row by row. Null step and null fault: nothing to do.</summary>
internal static class OverlayDecision
{
    internal static (OverlayStep? Step, string? Fault) For(PathState at) => at.Wanted?.Kind switch
    {
        null or WantedKind.Keep => (Withdrawn(at), null),
        WantedKind.Directory => Directory(at),
        WantedKind.Absent => (Absent(at), null),
        WantedKind.Once => (Once(at), null),
        _ => Entry(at),
    };

    private static OverlayStep? Withdrawn(PathState at) => at.Applied switch
    {
        StateKind.None => null,
        StateKind.Directory => WithdrawnDirectory(at),
        _ when at.UndoIsCurrent => Step(at, OverlayAction.Forget, "no layer has it any more; the image is as it was"),
        _ when !at.AppliedIsCurrent => Step(at, OverlayAction.Left, "no layer has it any more, but it was changed here since; left"),
        _ => at.Undo switch
        {
            StateKind.Entry or StateKind.Tree => Step(at, OverlayAction.Restore, "no layer has it any more; the image's own comes back") with { Withdraws = true },
            StateKind.Absent => Step(at, OverlayAction.Remove, "no layer has it any more") with { Withdraws = true },
            _ => Step(at, OverlayAction.Left, "no layer has it any more, but the copy of what was there before is lost; left"),
        },
    };

    private static OverlayStep WithdrawnDirectory(PathState at) => at switch
    {
        { Current: null, Undo: StateKind.Entry or StateKind.Tree } => Step(at, OverlayAction.Restore, "no layer has it any more; the image's own comes back"),
        { Current: not FileKind.Directory } => Step(at, OverlayAction.Forget, "the directory is gone"),
        { Undo: StateKind.Entry or StateKind.Tree } =>
            Step(at, OverlayAction.RemoveDirectory, "made for a layer that has it no more; the image's own comes back") with { Withdraws = true },
        { Undo: StateKind.Absent } => Step(at, OverlayAction.RemoveDirectory, "made for a layer that has it no more; removed if empty"),
        { Undo: StateKind.Directory, AppliedIsCurrent: true } => Step(at, OverlayAction.Restore, "no layer sets its mode and owner any more"),
        _ => Step(at, OverlayAction.Forget, "its mode or owner was changed here since; left"),
    };

    private static (OverlayStep? Step, string? Fault) Directory(PathState at)
    {
        var wanted = at.Wanted!;
        if (at is { Applied: not StateKind.None, Undo: StateKind.Entry } && !wanted.Replace)
        {
            return (null, Clash("the image's own is no directory", at));
        }

        if (at.Current == FileKind.Directory)
        {
            return (ExistingDirectory(at), null);
        }

        if (at is { Applied: StateKind.Absent, Undo: StateKind.Tree, Current: null } && !wanted.Replace)
        {
            return (Step(at, OverlayAction.Restore, "no .wh. any more; the image's own comes back") with { Wanted = null, Withdraws = true }, null);
        }

        if (at.Current is null)
        {
            return (Step(at, OverlayAction.MakeDirectory, "new directory") with { SaveUndo = at.Undo == StateKind.None }, null);
        }

        // Our own file is never what undo keeps: the image's own is in there already.
        var ours = at is { Applied: StateKind.Entry, AppliedIsCurrent: true };
        return (ours && at.Undo == StateKind.Absent) || wanted.Replace
            ? (Step(at, OverlayAction.MakeDirectory, "a directory instead of what is there") with { SaveUndo = !ours }, null)
            : (null, Clash("something that is no directory is there", at));
    }

    private static OverlayStep? ExistingDirectory(PathState at) => (at.Wanted!.OwnMetadata, at.Applied) switch
    {
        (false, StateKind.None) => null,
        (false, StateKind.Directory) when at.Undo == StateKind.Directory => WithdrawnDirectory(at) with { Wanted = null },
        (false, StateKind.Directory) when at.WantedIsCurrent || at.Undo == StateKind.None => null,
        (false, StateKind.Directory) => Step(at, OverlayAction.SetMetadata, "made for a layer; its mode or owner differs"),
        (true, StateKind.Directory) when at.WantedIsCurrent => null,
        (true, _) when at.WantedIsCurrent => Step(at, OverlayAction.Adopt, "mode and owner are as wanted") with { SaveUndo = at.Undo == StateKind.None },
        (true, _) => Step(at, OverlayAction.SetMetadata, "mode or owner differs") with { SaveUndo = at.Undo == StateKind.None },
        _ => Step(at, OverlayAction.Forget, "a directory now") with { Wanted = null },
    };

    private static OverlayStep? Absent(PathState at)
    {
        if (at.Current is null)
        {
            return at.Applied == StateKind.Absent
                ? null
                : Step(at, OverlayAction.Adopt, "is not there, as wanted") with { SaveUndo = at.Undo == StateKind.None };
        }

        var ours = at is { Applied: StateKind.Entry, AppliedIsCurrent: true }
            or { Applied: StateKind.Directory, Current: FileKind.Directory, Undo: StateKind.Absent or StateKind.Entry or StateKind.Tree };
        return Step(at, OverlayAction.Remove, at.Wanted!.Exact is { } layer ? $"layer {layer} says what all is in this directory" : "the layer has .wh. for it") with { SaveUndo = !ours };
    }

    private static OverlayStep? Once(PathState at) => at switch
    {
        { Current: null, Applied: StateKind.Absent, Undo: StateKind.Entry or StateKind.Tree } => Withdrawn(at)! with { Wanted = null },
        { Current: null } => Step(at, OverlayAction.Install, "missing; installed once") with { Record = false },
        { Applied: not StateKind.None } => Step(at, OverlayAction.Forget, "installed once; the PC's own from now on") with { Wanted = null },
        _ => null,
    };

    private static (OverlayStep? Step, string? Fault) Entry(PathState at)
    {
        switch (at)
        {
            case { Applied: not StateKind.None, Undo: StateKind.Tree or StateKind.Directory, Wanted.Replace: false }:
                return (null, Clash("the image's own is a directory", at));
            case { Current: null }:
                // A deleted file is put back and the copy of the image's own is kept: better too much in undo than too little.
                return (Step(at, OverlayAction.Install, at.Applied == StateKind.Entry ? "was deleted here" : "new") with { SaveUndo = at.Undo == StateKind.None }, null);
            case { Current: FileKind.Directory, Applied: StateKind.Directory, Undo: StateKind.Absent or StateKind.Entry or StateKind.Tree }: // Tree: .wh. is beside it
                return (Step(at, OverlayAction.Install, "instead of the directory we made"), null);
            case { Current: FileKind.Directory, Wanted.Replace: false }:
                return (null, Clash("a directory is there", at));
            case { WantedIsCurrent: true, Applied: StateKind.Entry, AppliedIsCurrent: true }:
                return (null, null);
            case { WantedIsCurrent: true }:
                return (Step(at, OverlayAction.Adopt, "is there already, as wanted") with { SaveUndo = at.Undo == StateKind.None }, null);
            case { Applied: StateKind.Entry, AppliedIsCurrent: true }:
                return (Step(at, OverlayAction.Install, "changed in the layer"), null);
            default:
                var why = at.Applied == StateKind.None ? "replaces the image's own" : "was changed here since (drift, or a package's update)";
                return (Step(at, OverlayAction.Install, why) with { SaveUndo = true }, null);
        }
    }

    /// <summary>By what the image's own is, also where an earlier layer has replaced that: or the same layers would end differently on two PCs.</summary>
    private static string Clash(string what, PathState at) => $"{what}; .wh.{RawName.Display(at.Path.Name)} beside it in the layer replaces it";

    private static OverlayStep Step(PathState at, OverlayAction action, string why) =>
        new(at.Path, action, why, at.Wanted is { Kind: WantedKind.Keep } ? null : at.Wanted);
}
