using Allie.Config;
using Allie.Errors;
using Allie.Linux.Rsync;
using Allie.Rsync;

namespace Allie.Linux.Overlays;

/// <summary>The server's modules that a PC fetches hosts file and layers from: pc-H for PC H alone, and pc, which shows no host layers.</summary>
internal sealed class OverlayServer(RsyncRunner rsync, PcSettings settings)
{
    private string Base { get; } = settings switch
    {
        { Transport: not "rsyncd" } => throw UserError.Refused($"cannot fetch overlays: transport '{settings.Transport}' is not supported yet", "set [server] transport = \"rsyncd\""),
        { ServerAddress: "" } => throw UserError.Refused("cannot fetch overlays: this PC has no server", "set [server] address in /etc/allie.toml, or name local layers: allie apply --layer DIR"),
        _ => $"rsync://{(settings.ServerAddress.Contains(':') ? $"[{settings.ServerAddress}]" : settings.ServerAddress)}/",
    };

    /// <summary>Fetches into a directory, or only looks what a fetch would change. The module is asked for as a whole: it refuses anything else.</summary>
    internal IReadOnlyList<RsyncChange> Fetch(string module, string hostDirectory, IReadOnlyList<string> filters, bool look, string? linkTo = null) =>
        rsync.Run(
            new([$"{Base}{module}/"], hostDirectory + "/")
            {
                Port = settings.ServerPort, Filters = filters, Delete = true, Itemize = true, DryRun = look, LinkTo = linkTo, CrossFileSystems = true,
            },
            $"fetch {module} from {settings.ServerAddress}");
}
