using System.Globalization;
using Allie.Blandify.Undo;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Overlays.State;

namespace Allie.Linux.Blandify.Undo;

/// <summary>Gives one run's paths back. Killed, it is run again: what is back already is recognised.</summary>
internal sealed class UndoRestoring(ImageRoot tree, ImageRoot files, bool overwrite)
{
    private readonly List<ImagePath> _conflicts = [];

    /// <returns>What somebody has changed since the run.</returns>
    internal IReadOnlyList<ImagePath> Run(IReadOnlyList<UndoRecord> records)
    {
        foreach (var record in records.Where(r => r.Kind == UndoKind.Touched && tree.TryStat(r.Path) is { IsDirectory: true }))
        {
            Temporaries.Remove(tree, record.Path);
        }

        foreach (var record in records.Where(r => r.Kind == UndoKind.Directory && r.MayBecome(UndoRecord.Ours)).OrderBy(r => r.Path).Take(1))
        {
            tree.RemoveTree(record.Path);
        }

        foreach (var record in records.Where(r => r.Kind == UndoKind.Absent).Reverse()) // what is in a directory before it
        {
            TakeAway(record);
        }

        foreach (var record in records.Where(r => r.Kind == UndoKind.Directory))
        {
            Make(record);
        }

        foreach (var record in records.Where(r => r.Kind == UndoKind.Saved))
        {
            GiveBack(record);
        }

        // Times last and deepest first: everything above has changed those of the directories that hold it.
        foreach (var record in records.Where(r => r.Kind is UndoKind.Directory or UndoKind.Touched).OrderByDescending(r => r.Path).Where(r => tree.TryStat(r.Path) is { IsDirectory: true }))
        {
            var before = files.Metadata(Name(record));
            tree.SetMetadata(record.Path, record.Kind == UndoKind.Directory ? before : tree.Metadata(record.Path) with { MtimeNs = before.MtimeNs });
        }

        return [.. _conflicts.Distinct().Order()];
    }

    private static ImagePath Name(UndoRecord record) => ImagePath.FromRaw(record.Number.ToString(CultureInfo.InvariantCulture));

    private void TakeAway(UndoRecord record)
    {
        if (tree.TryStat(record.Path) is not { } now)
        {
            return;
        }

        if (record.MayBecome(UndoRecord.Folder) && now.IsDirectory && !overwrite)
        {
            if (!tree.RemoveEmptyDirectory(record.Path))
            {
                _conflicts.Add(record.Path);
            }
        }
        else if (IsAsLeft(record, now) || overwrite)
        {
            tree.RemoveTree(record.Path);
        }
        else
        {
            _conflicts.Add(record.Path);
        }
    }

    private void Make(UndoRecord record)
    {
        switch (tree.TryStat(record.Path))
        {
            case null:
                tree.MakeDirectory(record.Path, files.Metadata(Name(record)));
                break;
            case { IsDirectory: true }:
                break;
            case var now when IsAsLeft(record, now.Value) || overwrite:
                tree.RemoveFile(record.Path);
                tree.MakeDirectory(record.Path, files.Metadata(Name(record)));
                break;
            default:
                _conflicts.Add(record.Path);
                break;
        }
    }

    private void GiveBack(UndoRecord record)
    {
        var now = tree.TryStat(record.Path);
        if (now is { } there && IsBack(record, there))
        {
            return;
        }

        if ((now is { } other && !IsAsLeft(record, other) && !overwrite) || tree.TryStat(record.Path.Parent) is not { IsDirectory: true })
        {
            _conflicts.Add(record.Path);
            return;
        }

        if (now is { IsDirectory: true })
        {
            tree.RemoveTree(record.Path);
        }

        if (!tree.TryLinkFrom(files, Name(record), record.Path))
        {
            tree.CopyFrom(files, Name(record), record.Path);
        }
    }

    /// <summary>The very file, or a copy with the same content and metadata.</summary>
    private bool IsBack(UndoRecord record, FileFacts now)
    {
        var saved = files.Stat(Name(record));
        return (now.SameDevice(saved) && now.Inode == saved.Inode)
            || (now.Kind == saved.Kind && now.IsRegular && now.MtimeNs == saved.MtimeNs && tree.SameContent(record.Path, files, Name(record))
                && tree.Metadata(record.Path).SameAs(files.Metadata(Name(record))));
    }

    private bool IsAsLeft(UndoRecord record, FileFacts now) =>
        record.MayBecome(UndoRecord.Any) || record.MayBecome(UndoRecord.Ours)
        || (now.IsSymlink && record.MayBecome(UndoRecord.Link(tree.ReadLink(record.Path))))
        || (now.IsRegular && record.MayBecome(UndoRecord.File(tree.ReadFile(record.Path, long.MaxValue))));
}
