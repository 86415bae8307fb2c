using Allie.Blandify;
using Allie.Files;

namespace Allie.Tests.Blandify;

/// <summary>A tree in memory: path to text, "-> target" for a symlink, "name/" for an empty directory; others are there as far as files need them.</summary>
internal sealed class MemoryTree(params (string Path, string Text)[] files) : ITreeView
{
    private readonly SortedDictionary<string, (string Text, int Mode)> _files =
        new(files.ToDictionary(f => f.Path, f => (f.Text, 0x1A4)), StringComparer.Ordinal);

    internal IEnumerable<string> Paths => _files.Keys;

    internal string Raw(string path) => _files[path].Text;

    /// <summary>Path, mode and text of everything: two trees are the same when these are.</summary>
    internal string Manifest => string.Concat(_files.Select(f => $"{f.Key} {Convert.ToString(f.Value.Mode, 8)} {f.Value.Text}\0"));

    public FileFacts? Find(ImagePath path)
    {
        if (_files.TryGetValue(path.Raw, out var file))
        {
            var kind = file.Text.StartsWith("-> ", StringComparison.Ordinal) ? FileKind.Symlink : FileKind.Regular;
            return new(kind, file.Mode, 0, 0, file.Text.Length, 0, 1, 1, 0, 0, 0, 0, 0, 0);
        }

        return path.IsRoot || _files.Keys.Any(k => k.StartsWith(path.Raw + "/", StringComparison.Ordinal)) ? new(FileKind.Directory, 0x1ED, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0) : null;
    }

    public string? Text(ImagePath path) => Find(path) is { IsRegular: true } ? _files[path.Raw].Text : null;

    public string? LinkTarget(ImagePath path) => Find(path) is { IsSymlink: true } ? _files[path.Raw].Text[3..] : null;

    public IReadOnlyList<string> Names(ImagePath directory)
    {
        var prefix = directory.IsRoot ? "" : directory.Raw + "/";
        return [.. _files.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..].Split('/')[0])
            .Where(n => n.Length > 0).Distinct().Order(StringComparer.Ordinal)];
    }

    internal MemoryTree Apply(IEnumerable<TreeChange> changes)
    {
        foreach (var change in changes)
        {
            switch (change.Kind)
            {
                case TreeAction.Delete:
                    Xunit.Assert.True(_files.Remove(change.Path.Raw), $"{change.Path} was not there to delete");
                    KeepDirectory(change.Path.Parent);
                    break;
                case TreeAction.RemoveTree:
                    Move(change.Path.Raw, null);
                    KeepDirectory(change.Path.Parent);
                    break;
                case TreeAction.MakeDirectory:
                    _files[change.Path.Raw + "/"] = ("", 0x1ED);
                    break;
                case TreeAction.Rename:
                    Move(change.Path.Raw, change.After!);
                    break;
                case TreeAction.Link:
                    _files[change.Path.Raw] = ("-> " + change.After, 0x1FF);
                    break;
                default:
                    var mode = change.Permissions ?? (_files.TryGetValue(change.Path.Raw, out var old) && !old.Text.StartsWith("-> ", StringComparison.Ordinal) ? old.Mode : 0x1A4);
                    _files[change.Path.Raw] = (change.Kind == TreeAction.Truncate ? "" : change.After!, mode);
                    break;
            }
        }

        return this;
    }

    private void Move(string from, string? to)
    {
        foreach (var (path, file) in _files.Where(f => f.Key == from || f.Key.StartsWith(from + "/", StringComparison.Ordinal)).ToList())
        {
            _files.Remove(path);
            if (to is not null)
            {
                _files[to + path[from.Length..]] = file;
            }
        }
    }

    /// <summary>A directory stays when its last file goes.</summary>
    private void KeepDirectory(ImagePath directory)
    {
        if (Find(directory) is null)
        {
            _files[directory.Raw + "/"] = ("", 0x1ED);
        }
    }
}
