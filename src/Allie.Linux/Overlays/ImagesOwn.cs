using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Rsync;

namespace Allie.Linux.Overlays;

/// <summary>What the server's image has at some paths: the last way back when our own copy of what was there is lost, or was never the image's.</summary>
/// <param name="rsync">Fetches.</param>
/// <param name="url">The image's module, with its closing slash.</param>
/// <param name="port">Of the server's rsyncd.</param>
/// <param name="image">Its name.</param>
internal sealed class ImagesOwn(RsyncRunner rsync, string url, int port, string image)
{
    /// <param name="paths">In the image, links on the way followed. A directory comes with all that is in it; what the image does not have does not come.</param>
    /// <param name="into">An empty directory.</param>
    /// <returns>The generation that the server has.</returns>
    /// <exception cref="UserError">Exit 5: not reached. Exit 1: no such image there. A module without its image is never taken for one that lost these files.</exception>
    internal int Fetch(IReadOnlyCollection<ImagePath> paths, ImageRoot into)
    {
        var (list, stamp) = (ImagePath.Of("list"), ImagePath.Of(ImageStamp.Path));
        var tree = ImagePath.Of("tree");
        into.MakeDirectory(tree, FileMetadata.Root(0x1C0, 0));
        into.WriteFileLazily(list, [.. paths.Append(stamp).SelectMany(p => (byte[])[.. p.ToBytes(), 0])], FileMetadata.Root(0x180, 0));
        var what = $"fetch the image's own files of {image}";
        rsync.Run(new([url], Path.Combine(into.HostPath, tree.Raw) + "/") { Port = port, FilesFrom = Path.Combine(into.HostPath, list.Raw), AsFarAsThere = true }, what);
        var text = into.TryReadText(stamp.Under(tree)) ?? throw new UserError($"cannot {what}: {url} has no /{ImageStamp.Path}", $"on the server: allie image publish {image}");
        var found = ImageStamp.Parse(text, url + ImageStamp.Path);
        return found.Name == image ? found.Generation : throw new UserError($"cannot {what}: {url} holds image '{found.Name}'", $"on the server: allie image publish {image}");
    }
}
