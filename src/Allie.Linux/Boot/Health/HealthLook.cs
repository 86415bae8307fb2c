using Allie.Boot.Health;
using Allie.Boot.Trying;
using Allie.Config;
using Allie.Errors;
using Allie.Linux.Fleet;
using Allie.Linux.Mounts;
using Allie.Linux.Processes;

namespace Allie.Linux.Boot.Health;

/// <summary>Looks at how the running system is.</summary>
/// <param name="settings">Of this PC.</param>
/// <param name="runner">Runs the programs that tell.</param>
/// <param name="server">Its way to the server.</param>
/// <param name="applyCheck">`allie apply -n`; null: the overlay is not asked about.</param>
public sealed class HealthLook(PcSettings settings, IRunner runner, ServerConnection server, Command? applyCheck)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private bool _hasAnswered;

    public HealthBaseline Baseline() => new(FailedUnits(), HasRoute(), ReachesServer() ?? false, ListeningPorts.Has(22));

    /// <summary>
    /// Waits for what the system before had and what comes late at a start: an address, by a slow switch or DHCP; then the server; and sshd, which makes
    /// keys first where there are none.
    /// </summary>
    /// <param name="pause">Sleeps.</param>
    /// <param name="onWait">Told once, if there is something to wait for.</param>
    public void Await(HealthBaseline before, TimeSpan patience, Action<TimeSpan> pause, Action<string> onWait)
    {
        var since = Environment.TickCount64;
        for (var told = false; Awaited(before) is { } what && Environment.TickCount64 - since < patience.TotalMilliseconds; told = true)
        {
            if (!told)
            {
                onWait(what);
            }

            pause(Pause);
        }
    }

    private string? Awaited(HealthBaseline before) =>
        before.HadRoute && !HasRoute() ? "a default route"
        : before.ReachedServer && ReachesServer() == false ? "the server"
        : before.HadSsh && !ListeningPorts.Has(22) ? "port 22"
        : null;

    public HealthFacts Facts()
    {
        var root = MountTable.Here().Last(m => m.Point == "/");
        var drive = new DriveInfo("/");
        var server = ReachesServer();
        return new()
        {
            RootUuid = BootPartition.All().FirstOrDefault(p => p.DeviceName == BootPartition.Of("/").DeviceName)?.FsUuid ?? "unknown",
            RootIsWritable = root.IsWritable,
            FailedUnits = FailedUnits(),
            HasRoute = HasRoute(),
            ReachesServer = server,
            HasSsh = ListeningPorts.Has(22),
            Now = BootHome.Now,
            FreePercent = drive.TotalSize > 0 ? (int)(drive.AvailableFreeSpace * 100 / drive.TotalSize) : 0,
            OverlayExit = server == true && applyCheck is not null ? runner.Run(applyCheck).ExitCode : null,
        };
    }

    private List<string> FailedUnits() =>
        !Directory.Exists("/run/systemd/system") ? []
        : [.. runner.Run(new Command("systemctl", "list-units", "--state=failed", "--plain", "--no-legend", "--no-pager") { Limit = TimeSpan.FromSeconds(60) }).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim().Split(' ')[0])];

    /// <summary>Destination 0 with mask 0 (proc_net_route), or ::/0 that is not the kernel's own reject entry on lo.</summary>
    private static bool HasRoute() =>
        Rows("/proc/net/route").Skip(1).Any(f => f.Length > 7 && f[1] == "00000000" && f[7] == "00000000")
        || Rows("/proc/net/ipv6_route").Any(f => f.Length > 9 && f[0].All(c => c == '0') && f[1] == "00" && f[9] != "lo");

    private static IEnumerable<string[]> Rows(string file) =>
        File.Exists(file) ? File.ReadLines(file).Select(l => l.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)) : [];

    /// <summary>A server that has answered once is there: it is not asked again, and another time it might just be full.</summary>
    private bool? ReachesServer()
    {
        if (_hasAnswered)
        {
            return true;
        }

        if (settings.ServerAddress.Length == 0)
        {
            return null;
        }

        try
        {
            return _hasAnswered = runner.Run(server.Greeting()).Ok;
        }
        catch (UserError)
        {
            return false; // no rsync here, no host key of the server, or no answer in time
        }
    }
}
