using System.Text;
using Allie.Blandify;
using Allie.Blandify.Undo;
using Allie.Files;
using Allie.Linux.Blandify.Undo;
using Allie.Linux.Files;

namespace Allie.Linux.Blandify.Hooks;

/// <summary>What hooks did to a tree, read from the upper layer of their overlay; carried out on the tree by replacing, never in place.</summary>
internal sealed class HookChanges
{
    private const string Op = "hooks";
    private const string Reason = "a hook of this server";
    private const string OverlayOwn = "trusted.overlay.";
    private const string Opaque = OverlayOwn + "opaque";

    private readonly ImageRoot _tree;
    private readonly ImageRoot _upper;
    private readonly List<(ImagePath Path, bool Goes, FileFacts? Now)> _steps = [];

    internal HookChanges(ImageRoot tree, ImageRoot upper)
    {
        (_tree, _upper) = (tree, upper);
        Below(ImagePath.Root, isNew: false);
    }

    internal IReadOnlyList<TreeChange> Changes => [.. _steps.Select(Shown)];

    internal void Save(UndoSaving saving)
    {
        foreach (var (path, goes, _) in _steps)
        {
            if (goes)
            {
                saving.Tree(path, UndoRecord.Any);
            }
            else
            {
                saving.Entry(path, UndoRecord.Any);
            }
        }
    }

    internal void Carry()
    {
        foreach (var (path, goes, now) in _steps)
        {
            if (goes)
            {
                _tree.RemoveTree(path);
            }
            else if (now is { IsDirectory: true } && _tree.TryStat(path) is { IsDirectory: true })
            {
                _tree.SetMetadata(path, Metadata(path));
            }
            else
            {
                _tree.CopyFrom(_upper, path, path, Metadata(path));
            }
        }
    }

    private void Below(ImagePath directory, bool isNew)
    {
        foreach (var name in _upper.List(directory))
        {
            var path = directory.Join(name);
            var now = _upper.Stat(path);
            var before = isNew ? null : _tree.TryStat(path);
            if (now is { Kind: FileKind.CharacterDevice, SpecialMajor: 0, SpecialMinor: 0 })
            {
                Gone(path, before);
            }
            else if (now.IsDirectory)
            {
                var isOther = before is not { IsDirectory: true } || _upper.Metadata(path).Xattrs.ContainsKey(Opaque);
                if (isOther)
                {
                    Gone(path, before);
                }

                if (isOther || !_tree.Metadata(path).SameAs(Metadata(path) with { MtimeNs = _tree.Metadata(path).MtimeNs }))
                {
                    _steps.Add((path, false, now));
                }

                Below(path, isOther);
            }
            else if (before is not { } old || !IsSame(path, old, now))
            {
                Gone(path, before is { IsDirectory: true } ? before : null);
                _steps.Add((path, false, now));
            }
        }
    }

    private void Gone(ImagePath path, FileFacts? before)
    {
        if (before is not null)
        {
            _steps.Add((path, true, before));
        }
    }

    /// <summary>A program that writes a file anew with what it had has changed nothing.</summary>
    private bool IsSame(ImagePath path, FileFacts before, FileFacts now) =>
        before.Kind == now.Kind && _tree.Metadata(path) is var old && old.SameAs(Metadata(path) with { MtimeNs = old.MtimeNs })
        && (now.IsRegular ? _tree.SameContent(path, _upper, path)
            : now.IsSymlink ? _tree.ReadLink(path) == _upper.ReadLink(path)
            : (before.SpecialMajor, before.SpecialMinor) == (now.SpecialMajor, now.SpecialMinor));

    private FileMetadata Metadata(ImagePath path)
    {
        var metadata = _upper.Metadata(path);
        return metadata with { Xattrs = metadata.Xattrs.Where(x => !x.Key.StartsWith(OverlayOwn, StringComparison.Ordinal)).ToDictionary() };
    }

    private TreeChange Shown((ImagePath Path, bool Goes, FileFacts? Now) step) => step switch
    {
        { Goes: true, Now: { IsDirectory: true } } => new(Op, step.Path, TreeAction.RemoveTree, Reason),
        { Goes: true } => new(Op, step.Path, TreeAction.Delete, Reason) { Before = Text(_tree, step.Path) },
        { Now: { IsDirectory: true } } => new(Op, step.Path, TreeAction.MakeDirectory, Reason),
        { Now: { IsSymlink: true } } => new(Op, step.Path, TreeAction.Link, Reason) { After = _upper.ReadLink(step.Path) },
        _ => new(Op, step.Path, TreeAction.Write, Reason) { Before = Text(_tree, step.Path), After = Text(_upper, step.Path) },
    };

    private static string? Text(ImageRoot root, ImagePath path) =>
        root.TryStat(path) is { IsRegular: true, Size: <= ITreeView.MostText } ? Encoding.Latin1.GetString(root.ReadFile(path)) : null;
}
