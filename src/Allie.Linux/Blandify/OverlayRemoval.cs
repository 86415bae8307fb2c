using Allie.Blandify;
using Allie.Blandify.Rules.Initramfs;
using Allie.Blandify.Undo;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Blandify.Undo;
using Allie.Linux.Files;
using Allie.Linux.Images;
using Allie.Linux.Overlays;
using Allie.Overlays;
using TreeChange = Allie.Blandify.TreeChange;

namespace Allie.Linux.Blandify;

/// <summary>A captured PC had overlays applied: they are taken out of the copy as `allie undo --all` does it, and then the engine's own state goes.</summary>
internal sealed class OverlayRemoval
{
    private const string Op = "overlay";
    private static readonly ImagePath State = ImagePath.Of("var/lib/allie");
    private static readonly ImagePath Program = ImagePath.Of("root/util/allie");

    /// <summary>What publishing and blandify itself put there: of the image, not of a PC.</summary>
    private static readonly HashSet<ImagePath> OfImage = [.. Publisher.Lists, InitramfsMark.File];

    private readonly ImageRoot _root;
    private readonly OverlayEngine _engine;
    private readonly OverlayPlan _plan;

    private OverlayRemoval(ImageRoot root, OverlayEngine engine, OverlayPlan plan) => (_root, _engine, _plan) = (root, engine, plan);

    /// <summary>What of overlays stays because somebody changed it on the PC.</summary>
    internal IReadOnlyList<string> Notes => [.. _plan.Faults.Select(f => $"{f.Path} came with an overlay and stays: {f.Reason}")];

    /// <summary>Null when no overlay was ever applied.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="isDryRun">Then a run that was interrupted on the PC is left as it is.</param>
    internal static OverlayRemoval? Find(ImageRoot root, bool isDryRun)
    {
        if (root.TryStat(State) is not { IsDirectory: true } || root.List(State).All(n => OfImage.Contains(State.Join(n))))
        {
            return null;
        }

        var engine = new OverlayEngine(root, State, Program);
        if (!isDryRun)
        {
            engine.Recover();
        }

        return new(root, engine, UndoChoice.From(engine.Plan([]), []));
    }

    internal IEnumerable<TreeChange> Changes() =>
        _plan.Steps.Select(s => new TreeChange(Op, s.Path, Kind(s.Do), $"an overlay put it there: {s.Do}"))
            .Append(new(Op, State, TreeAction.RemoveTree, "what the overlays of one PC have done"));

    internal void Save(UndoSaving saving)
    {
        foreach (var step in _plan.Steps)
        {
            if (step.Do is OverlayAction.RemoveDirectory or OverlayAction.SetMetadata)
            {
                saving.Entry(step.Path, UndoRecord.Any);
            }
            else
            {
                saving.Tree(step.Path, UndoRecord.Any);
            }
        }

        saving.Tree(State, UndoRecord.Ours);
    }

    /// <returns>What could not be given back, in words.</returns>
    internal IReadOnlyList<string> Carry()
    {
        var result = _engine.Apply(_plan, []);
        _root.RemoveTree(State);
        _root.SyncFileSystem();
        return [.. result.Faults.Select(f => $"{f.Path} came with an overlay and stays: {f.Reason}")];
    }

    private static TreeAction Kind(OverlayAction action) => action switch
    {
        OverlayAction.Remove => TreeAction.Delete,
        OverlayAction.RemoveDirectory => TreeAction.RemoveTree,
        _ => TreeAction.Write,
    };
}
