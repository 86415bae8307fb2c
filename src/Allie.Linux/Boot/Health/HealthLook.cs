using Allie.Boot.Health;
using Allie.Boot.Trying;
using Allie.Config;
using Allie.Errors;
using Allie.Linux.Fleet;
using Allie.Linux.Mounts;
using Allie.Linux.Processes;

namespace Allie.Linux.Boot.Health;

/// <summary>Looks at how the running system is.</summary>
/// <param name="applyCheck">`allie apply -n`; null: the overlay is not asked about.</param>
public sealed class HealthLook(PcSettings settings, IRunner runner, Command? applyCheck)
{
    private const int Asks = 3;

    public HealthBaseline Baseline() => new(FailedUnits(), HasRoute(), ReachesServer(1) ?? false, ListeningPorts.Has(22));

    public HealthFacts Facts()
    {
        var root = MountTable.Here().Last(m => m.Point == "/");
        var drive = new DriveInfo("/");
        var server = ReachesServer(Asks);
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

    private bool? ReachesServer(int asks)
    {
        if (settings.ServerAddress.Length == 0)
        {
            return null;
        }

        var list = new Command("rsync", "--contimeout=10", "--timeout=20", $"--port={settings.ServerPort}", $"rsync://{settings.ServerAddress}/") { Limit = TimeSpan.FromSeconds(30) };
        return Enumerable.Range(0, asks).Any(_ => Answers(list));
    }

    private bool Answers(Command list)
    {
        try
        {
            return runner.Run(list).Ok;
        }
        catch (UserError)
        {
            return false; // no rsync here, or no answer in time
        }
    }
}
