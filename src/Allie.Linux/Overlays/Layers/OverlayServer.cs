using Allie.Config;
using Allie.Errors;
using Allie.Files;
using Allie.Fleet;
using Allie.Linux.Files;
using Allie.Linux.Rsync;
using Allie.Rsync;

namespace Allie.Linux.Overlays.Layers;

/// <summary>
/// The server's modules that a PC fetches hosts file and layers from. By rsyncd: pc-H for PC H alone, and pc, which shows no host layers. Over ssh
/// pc, which is this PC's own.
/// </summary>
/// <param name="rsync">Fetches.</param>
/// <param name="settings">The server, and this PC's name.</param>
/// <param name="visited">Where the hourly run has fetched the same to already; null: from the server.</param>
internal sealed class OverlayServer(RsyncRunner rsync, PcSettings settings, string? visited = null)
{
    internal ServerLink Link { get; } = settings.ServerAddress.Length > 0
        ? new(settings, !settings.IsSsh && File.Exists(settings.SecretFile))
        : throw UserError.Refused("cannot fetch overlays: this PC has no server", "set [server] address in /etc/allie.toml, or name local layers: allie apply --layer DIR");

    /// <summary>Fetches into a directory, or only looks what a fetch would change. The module is asked for as a whole: it refuses anything else.</summary>
    /// <returns>What changed, and what the server could not read: where the hourly run has visited it, as that met it.</returns>
    internal (IReadOnlyList<RsyncChange> Changes, IReadOnlyList<SourceRefusal> Refused) Fetch(string module, string hostDirectory, IReadOnlyList<string> filters, bool look, string? linkTo = null)
    {
        var (changes, refused) = rsync.RunAsFarAsReadable(
            new([visited is null ? Link.Url(module) : visited + "/"], hostDirectory + "/")
            {
                Port = settings.ServerPort, Filters = filters, Delete = true, Itemize = true, DryRun = look, LinkTo = linkTo, CrossFileSystems = true,
            },
            $"fetch {module} from {visited ?? settings.ServerAddress}");
        return (changes, visited is null ? refused : Visited(visited));
    }

    private static IReadOnlyList<SourceRefusal> Visited(string directory)
    {
        using var root = ImageRoot.Open(directory);
        return new Mirror(root, ImagePath.Root).Refused;
    }

    /// <summary>The published image of that name, file by file.</summary>
    internal ImagesOwn Image(string name) => new(rsync, Link.Url("image-" + name), settings.ServerPort, name);
}
