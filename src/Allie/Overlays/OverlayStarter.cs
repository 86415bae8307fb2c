using Allie.Errors;
using Allie.Files;
using Allie.Images;

namespace Allie.Overlays;

/// <summary>What the overlay of a new image begins with, so that the image needs nothing preinstalled but rsync; and the script that spreads an image.</summary>
public static class OverlayStarter
{
    private const int Directory = 0x1ED;
    private const int Private = 0x1C0;
    private const int File = 0x1A4;

    /// <summary>All of it, parents first; paths are below overlays/.</summary>
    /// <param name="image">Its name.</param>
    /// <param name="server">The address that PCs fetch from.</param>
    /// <param name="port">Its rsyncd's port.</param>
    public static IReadOnlyList<StarterStep> New(string image, string server, int port)
    {
        var top = ImagePath.Of(ImageName.Check(image));
        return
        [
            Make(top, Directory),
            Make(At(top, "etc"), Directory),
            new(At(top, "etc/allie.toml"), File, "where the server is", Text: Settings(server, port)),
            Make(At(top, "etc/cron.hourly"), Directory),
            // No dot in the name: Debian's run-parts(8) leaves such files out.
            new(At(top, "etc/cron.hourly/imageconf"), Directory, "the hourly run", "../../root/util/allie"),
            Make(At(top, "root"), Private),
            Make(At(top, "root/conf"), Directory),
            new(At(top, "root/conf/00overlay"), Directory, "applies the overlay, first of the scripts", "../util/allie"),
            new(At(top, "root/conf/run-conf"), Directory, "runs the scripts", "../util/allie"),
            Make(At(top, "root/util"), Directory),
            new(At(top, "root/util/allie"), Directory, "this program"),
            new(At(top, "root/util/rsync-image"), Directory, "fetches an image", "allie"),
            new(At(top, "root/util/rsync-newdistro-daemon"), Directory, "offers a new distribution to the server", "allie"),
        ];
    }

    /// <summary>NNprepIMAGE in the overlay of the image that PCs run now.</summary>
    /// <exception cref="UserError">Exit 2: a number that is none.</exception>
    public static StarterStep Prep(string oldImage, string newImage, int number)
    {
        if (number is < 0 or > 99)
        {
            throw UserError.Refused($"cannot number the script {number}", "--number is 0 to 99: scripts run in that order, 00overlay first");
        }

        var script = $"""
            #!/bin/sh
            # Puts the image {newImage} into a spare slot of this PC; says nothing when it is there already.
            exec /root/util/allie prep {ImageName.Check(newImage)} -y

            """;
        var path = At(ImagePath.Of(ImageName.Check(oldImage)), $"root/conf/{number:00}prep{newImage}");
        return new(path, Directory, $"PCs that run {oldImage} prepare {newImage}", Text: script);
    }

    private static string Settings(string server, int port) =>
        $"""
        # Settings of allie on this PC; every key is in docs/settings.md
        [server]
        address = "{server}"
        {(port == 873 ? "# port = 873" : $"port = {port}")}

        """;

    private static StarterStep Make(ImagePath path, int permissions) => new(path, permissions, "new directory", IsDirectory: true);

    private static ImagePath At(ImagePath top, string below) => ImagePath.Of(below).Under(top);
}
