using System.Text;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Overlays.Layers;
using Allie.Rsync;

namespace Allie.Linux.Overlays.Layers;

/// <summary>What the server's module shows a PC, as it lies here: the hosts file, and layers below overlays/.</summary>
/// <param name="root">Holds it.</param>
/// <param name="top">Where in there.</param>
internal sealed class Mirror(ImageRoot root, ImagePath top)
{
    private static readonly ImagePath Hosts = ImagePath.Of("hosts");
    private static readonly ImagePath Overlays = ImagePath.Of("overlays");
    private static readonly ImagePath Unread = ImagePath.Of("refused");

    internal ImageRoot Root => root;

    internal ImagePath Top => top;

    /// <summary>For rsync's command line.</summary>
    internal string HostPath => Path.Combine(root.HostPath, top.Raw);

    internal bool Exists => root.Exists(top);

    internal ImagePath HostsFile => Hosts.Under(top);

    /// <summary>What the server could not read when this was fetched: our own note, one "why TAB name" a line, and none where all was read.</summary>
    internal IReadOnlyList<SourceRefusal> Refused
    {
        get => [.. (root.TryReadText(Unread.Under(top)) ?? "").Split('\n').Select(l => l.Split('\t', 2)).Where(l => l.Length == 2).Select(l => new SourceRefusal(l[1], l[0]))];
        set
        {
            if (value.Count > 0)
            {
                root.WriteFile(Unread.Under(top), Encoding.Latin1.GetBytes(string.Concat(value.Select(r => $"{r.Why}\t{r.Name}\n"))), FileMetadata.Root(0x180, ImageRoot.Now));
            }
            else if (root.Exists(Unread.Under(top)))
            {
                root.RemoveTree(Unread.Under(top));
            }
        }
    }

    internal string? HostsText => root.TryReadText(HostsFile);

    /// <summary>The layer as the server names it: a directory, or a link to one.</summary>
    internal ImagePath At(string layer) => Named(layer).Under(top);

    /// <summary>The same as the server's module has it.</summary>
    internal static ImagePath Named(string layer) => ImagePath.Of(layer).Under(Overlays);

    /// <summary>Below overlays/; null for a layer that is no link.</summary>
    /// <exception cref="UserError">The link leads where a PC sees nothing.</exception>
    internal ImagePath? Target(string layer) => root.TryStat(At(layer)) is { IsSymlink: true } ? LayerLink.Target(layer, root.ReadLink(At(layer))) : null;

    /// <summary>Null also for a link that leads where a PC sees nothing.</summary>
    internal ImagePath? TryTarget(string layer)
    {
        try
        {
            return Target(layer);
        }
        catch (UserError)
        {
            return null;
        }
    }

    /// <summary>Why there is no directory of files where the server has something of that name; null when all is well, or it has nothing.</summary>
    internal string? Fault(string layer)
    {
        try
        {
            return root.TryStat(At(layer)) is null || root.TryStat(Tree(layer)) is { IsDirectory: true } ? null
                : Target(layer) is { } target ? $"it is a link to {RawName.Display(target.Raw)}, and there is no such directory in the server's overlays/ (on the server: ln -sfn DIRECTORY {layer})"
                : "it is no directory on the server; make it one: its files are what PCs get";
        }
        catch (UserError e)
        {
            return $"{e.Message} ({e.Hint})";
        }
    }

    /// <summary>The directory with the layer's files.</summary>
    internal ImagePath Tree(string layer) => NamedTree(layer).Under(top);

    /// <summary>The same as the server's module has it.</summary>
    internal ImagePath NamedTree(string layer) => Target(layer) is { } target ? target.Under(Overlays) : Named(layer);

    internal LayerSource Source(string layer, LayerRefusals unread) => new(layer, root.OpenBelow(Tree(layer))) { Unread = unread.Inside(layer, NamedTree(layer)) };
}
