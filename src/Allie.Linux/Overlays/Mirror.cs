using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Overlays;

namespace Allie.Linux.Overlays;

/// <summary>What the server's module shows a PC, as it lies here: the hosts file, and layers below overlays/.</summary>
/// <param name="root">Holds it.</param>
/// <param name="top">Where in there.</param>
internal sealed class Mirror(ImageRoot root, ImagePath top)
{
    private static readonly ImagePath Hosts = ImagePath.Of("hosts");
    private static readonly ImagePath Overlays = ImagePath.Of("overlays");

    internal ImageRoot Root => root;

    internal ImagePath Top => top;

    /// <summary>For rsync's command line.</summary>
    internal string HostPath => Path.Combine(root.HostPath, top.Raw);

    internal bool Exists => root.Exists(top);

    internal ImagePath HostsFile => Hosts.Under(top);

    internal string? HostsText => root.TryReadText(HostsFile);

    /// <summary>The layer as the server names it: a directory, or a link to one.</summary>
    internal ImagePath At(string layer) => ImagePath.Of(layer).Under(Overlays).Under(top);

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
    internal ImagePath Tree(string layer) => Target(layer) is { } target ? target.Under(Overlays).Under(top) : At(layer);
}
