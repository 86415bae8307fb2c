using System.Text;
using Allie.Blandify;
using Allie.Files;
using Allie.Linux.Files;

namespace Allie.Linux.Blandify;

/// <summary>A tree on disk as rules see it, through the image root.</summary>
public sealed class ImageTreeView(ImageRoot root) : ITreeView
{
    public FileFacts? Find(ImagePath path) => root.TryStat(path);

    public string? Text(ImagePath path) => Find(path) is { IsRegular: true } ? Encoding.Latin1.GetString(root.ReadFile(path)) : null;

    public string? LinkTarget(ImagePath path) => Find(path) is { IsSymlink: true } ? root.ReadLink(path) : null;

    public bool? HasCapabilities(ImagePath path) => Find(path) is { IsRegular: true } ? root.Metadata(path).Xattrs.ContainsKey("security.capability") : null;

    public IReadOnlyList<string> Names(ImagePath directory) =>
        Find(directory) switch
        {
            { IsDirectory: true } => root.List(directory),
            _ => [],
        };

    public IReadOnlyList<(string Name, FileKind Kind)> Entries(ImagePath directory) =>
        Find(directory) switch
        {
            { IsDirectory: true } => root.Entries(directory),
            _ => [],
        };
}
