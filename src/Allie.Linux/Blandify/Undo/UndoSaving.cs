using System.Globalization;
using System.Text;
using Allie.Blandify;
using Allie.Blandify.Undo;
using Allie.Files;
using Allie.Linux.Files;

namespace Allie.Linux.Blandify.Undo;

/// <summary>Collects, before a run, what it is going to change. Each path once: what it was at first is what it goes back to.</summary>
public sealed class UndoSaving(ImageRoot tree, ImageRoot files)
{
    private readonly Dictionary<ImagePath, UndoRecord> _records = [];
    private int _last;

    /// <summary>In the order of saving: a directory before what is in it.</summary>
    public IEnumerable<UndoRecord> Records => _records.Values.OrderBy(r => r.Number);

    public void Save(TreeChange change)
    {
        switch (change.Kind)
        {
            case TreeAction.Write:
                Entry(change.Path, UndoRecord.File(Encoding.Latin1.GetBytes(change.After!)));
                break;
            case TreeAction.Truncate:
                Entry(change.Path, UndoRecord.File([]));
                break;
            case TreeAction.Link:
                Entry(change.Path, UndoRecord.Link(change.After!));
                break;
            case TreeAction.MakeDirectory:
                Entry(change.Path, UndoRecord.Folder);
                break;
            case TreeAction.Rename:
                Tree(change.Path, UndoRecord.Gone);
                Tree(ImagePath.FromRaw(change.After!), UndoRecord.Any);
                break;
            case TreeAction.Report:
                break;
            default:
                Tree(change.Path, UndoRecord.Gone);
                break;
        }
    }

    /// <summary>A path with all below it.</summary>
    public void Tree(ImagePath path, string after)
    {
        Entry(path, after);
        if (tree.TryStat(path) is { IsDirectory: true })
        {
            foreach (var name in tree.List(path))
            {
                Tree(path.Join(name), after);
            }
        }
    }

    /// <summary>One path, without what is below it.</summary>
    public void Entry(ImagePath path, string after)
    {
        if (_records.TryGetValue(path, out var known) && known.Kind != UndoKind.Touched)
        {
            _records[path] = known.And(after);
            return;
        }

        Touch(path.Parent);
        switch (tree.TryStat(path))
        {
            case null:
                Note(path, UndoKind.Absent, after);
                break;
            case { IsDirectory: true }:
                files.MakeDirectory(Note(path, UndoKind.Directory, after), tree.Metadata(path));
                break;
            default:
                var name = Note(path, UndoKind.Saved, after);
                if (!files.TryLinkFrom(tree, path, name))
                {
                    files.CopyNew(tree, path, name);
                }

                break;
        }
    }

    private void Touch(ImagePath directory)
    {
        if (!_records.ContainsKey(directory) && tree.TryStat(directory) is { IsDirectory: true })
        {
            files.MakeDirectory(Note(directory, UndoKind.Touched, UndoRecord.Any), tree.Metadata(directory));
        }
    }

    /// <summary>A directory that was only touched so far keeps its number's place: the later note replaces it under a new one.</summary>
    private ImagePath Note(ImagePath path, UndoKind kind, string after)
    {
        var record = new UndoRecord(++_last, path, kind, after);
        _records[path] = record;
        return ImagePath.FromRaw(record.Number.ToString(CultureInfo.InvariantCulture));
    }
}
