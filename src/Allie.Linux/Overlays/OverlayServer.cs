using Allie.Config;
using Allie.Errors;
using Allie.Fleet;
using Allie.Linux.Rsync;
using Allie.Rsync;

namespace Allie.Linux.Overlays;

/// <summary>
/// The server's modules that a PC fetches hosts file and layers from. By rsyncd: pc-H for PC H alone, and pc, which shows no host layers. Over ssh
/// pc, which is this PC's own.
/// </summary>
internal sealed class OverlayServer(RsyncRunner rsync, PcSettings settings)
{
    internal ServerLink Link { get; } = settings.ServerAddress.Length > 0
        ? new(settings, !settings.IsSsh && File.Exists(settings.SecretFile))
        : throw UserError.Refused("cannot fetch overlays: this PC has no server", "set [server] address in /etc/allie.toml, or name local layers: allie apply --layer DIR");

    /// <summary>Fetches into a directory, or only looks what a fetch would change. The module is asked for as a whole: it refuses anything else.</summary>
    internal IReadOnlyList<RsyncChange> Fetch(string module, string hostDirectory, IReadOnlyList<string> filters, bool look, string? linkTo = null) =>
        rsync.Run(
            new([Link.Url(module)], hostDirectory + "/")
            {
                Port = settings.ServerPort, Filters = filters, Delete = true, Itemize = true, DryRun = look, LinkTo = linkTo, CrossFileSystems = true,
            },
            $"fetch {module} from {settings.ServerAddress}");

    /// <summary>The published image of that name, file by file.</summary>
    internal ImagesOwn Image(string name) => new(rsync, Link.Url("image-" + name), settings.ServerPort, name);
}
