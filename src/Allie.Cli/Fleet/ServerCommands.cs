using System.CommandLine;
using System.Text;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Config;
using Allie.Errors;
using Allie.Fleet;
using Allie.Linux.Fleet;

namespace Allie.Cli.Fleet;

internal static class ServerCommands
{
    private static readonly Option<bool> PrintOnly = new("--print") { Description = "Print the modules and change nothing" };

    private static readonly Option<bool> Units = new("--units")
    {
        Description = "Print systemd units that start rsyncd for each connection (socket) instead of a daemon that is always there, and change nothing",
    };

    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Change("init", "Make the store: directories for images and overlays, the hosts file, sample settings", Init),
        verbs.Change("conf", "Write what lets PCs in: modules of rsyncd.conf, and keys and modules of the ssh transport", Conf, PrintOnly, Units),
        ServerCheckCommand.Make(verbs),
        MirrorCommand.Make(verbs),
    ];

    private static int Init(Invocation call)
    {
        Invocation.RequireRoot("server init");
        var setup = new StoreSetup(call.Server, call.NamedConfig is null ? ServerSettings.DefaultFile : null);
        var plan = setup.Plan();
        return call.Carry(plan, () =>
        {
            setup.Carry(plan);
            if (!call.Json)
            {
                PlanOutput.Print(call, plan, "changed");
                Console.Error.WriteLine("next: allie image capture PC NAME, or: allie installer bootstrap; then: allie server conf");
            }
        });
    }

    private static int Conf(Invocation call)
    {
        Invocation.RequireRoot("server conf");
        var settings = call.Server;
        if (call.Get(Units))
        {
            Console.Out.Write(RsyncdUnits.Text(settings));
            return ExitCode.Ok;
        }

        var conf = new ServerConf(settings);
        if (call.Get(PrintOnly))
        {
            Console.Out.Write(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(conf.Block)));
            return ExitCode.Ok;
        }

        return call.Carry(conf.Plan, () =>
        {
            conf.Write();
            if (!call.Json)
            {
                PlanOutput.Print(call, conf.Plan with { Notes = [] }, "changed");
                Told(conf, settings);
            }
        });
    }

    /// <summary>What a person has to do yet, if anything.</summary>
    internal static void Told(ServerConf conf, ServerSettings settings)
    {
        if (conf.Ssh.NeedsReload)
        {
            Console.Error.WriteLine($"written to {settings.SshdConf}; sshd reads it at a reload: systemctl reload ssh (Debian), systemctl reload sshd (others)");
        }

        if (!conf.RsyncdChanges)
        {
            return;
        }

        Console.Error.WriteLine($"written to {settings.RsyncdConf}; rsyncd reads it anew for each connection");
        if (!conf.Ssh.IsUsed && !ListeningPorts.Has(settings.RsyncdPort))
        {
            Console.Error.WriteLine($"nothing listens on port {settings.RsyncdPort}: start rsyncd, on Debian with: systemctl enable --now rsync");
        }
    }
}
