using Allie.Blandify;
using Allie.Files;

namespace Allie.Tests.Blandify;

/// <summary>A tree in memory: path to text, or "-> target" for a symlink; directories are there as far as files need them.</summary>
internal sealed class MemoryTree(params (string Path, string Text)[] files) : ITreeView
{
    private readonly SortedDictionary<string, (string Text, int Mode)> _files =
        new(files.ToDictionary(f => f.Path, f => (f.Text, 0x1A4)), StringComparer.Ordinal);

    internal IEnumerable<string> Paths => _files.Keys;

    public FileFacts? Find(ImagePath path)
    {
        if (_files.TryGetValue(path.Raw, out var file))
        {
            var kind = file.Text.StartsWith("-> ", StringComparison.Ordinal) ? FileKind.Symlink : FileKind.Regular;
            return new(kind, file.Mode, 0, 0, file.Text.Length, 0, 1, 1, 0, 0, 0, 0, 0, 0);
        }

        return _files.Keys.Any(k => k.StartsWith(path.Raw + "/", StringComparison.Ordinal)) ? new(FileKind.Directory, 0x1ED, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0) : null;
    }

    public string? Text(ImagePath path) => Find(path) is { IsRegular: true } ? _files[path.Raw].Text : null;

    public string? LinkTarget(ImagePath path) => Find(path) is { IsSymlink: true } ? _files[path.Raw].Text[3..] : null;

    public IReadOnlyList<string> Names(ImagePath directory)
    {
        var above = directory.IsRoot ? "" : directory.Raw + "/";
        return [.. _files.Keys.Where(k => k.StartsWith(above, StringComparison.Ordinal)).Select(k => k[above.Length..].Split('/')[0]).Distinct()];
    }

    internal MemoryTree Apply(IEnumerable<TreeChange> changes)
    {
        foreach (var change in changes)
        {
            _ = change.Kind switch
            {
                TreeAction.Delete => _files.Remove(change.Path.Raw),
                TreeAction.Link => Set(change.Path, "-> " + change.After, 0x1FF),
                _ => Set(change.Path, change.After!, change.Permissions ?? 0x1A4),
            };
        }

        return this;
    }

    private bool Set(ImagePath path, string text, int mode)
    {
        _files[path.Raw] = (text, mode);
        return true;
    }
}
