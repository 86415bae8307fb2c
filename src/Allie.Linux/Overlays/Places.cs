using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Overlays.State;
using Allie.Overlays.State;

namespace Allie.Linux.Overlays;

/// <summary>
/// Where a layer's directories land in an image: the image's own directory links are followed inside the image (lib64 is usr/lib64 there),
/// links that we put there are not, as they are ours to replace.
/// </summary>
internal sealed class Places(ImageRoot root, StateTree applied, Mountpoints mounts)
{
    private readonly Dictionary<ImagePath, (ImagePath Place, string? Fault)> _known = [];

    internal (ImagePath Place, string? Fault) Directory(ImagePath path)
    {
        if (!_known.TryGetValue(path, out var place))
        {
            _known[path] = place = Find(path);
        }

        return place;
    }

    private (ImagePath Place, string? Fault) Find(ImagePath path)
    {
        try
        {
            if (mounts.Network(path) is not null || root.TryStat(path) is not { IsSymlink: true } || applied.Find(path).Kind == StateKind.Entry)
            {
                return (path, null);
            }
        }
        catch (LinuxException e)
        {
            return (path, e.Message); // a mount whose server has gone, a damaged disk: only what is there waits
        }

        try
        {
            return (root.RealPath(path.Join("any")).Parent, null);
        }
        catch (LinuxException e)
        {
            return (path, $"it is a link to {RawName.Display(root.ReadLink(path))} in the image, which is no directory there ({Errno.Text(e.Errno)})");
        }
    }
}
