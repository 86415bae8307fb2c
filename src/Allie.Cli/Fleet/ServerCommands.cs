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

    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Change("init", "Make the store: directories for images and overlays, the hosts file, sample settings", Init),
        verbs.Change("conf", "Write the modules of images and overlays into rsyncd.conf", Conf, PrintOnly),
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
        var file = new RsyncdConfFile(settings);
        var decided = file.Decide();
        var block = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(RsyncdConf.Block(decided.Modules, settings.RsyncdAddress, settings.RsyncdPort)));
        if (call.Get(PrintOnly))
        {
            Console.Out.Write(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(block)));
            return ExitCode.Ok;
        }

        var old = file.Read();
        var text = RsyncdConf.Splice(old, block);
        var plan = RsyncdConfChange.Between(old, text, decided.Notes);
        return call.Carry(plan, () =>
        {
            file.Write(text);
            if (!call.Json)
            {
                Told(call, plan, settings);
            }
        });
    }

    private static void Told(Invocation call, Plans.Plan<Plans.PlainStep> plan, ServerSettings settings)
    {
        PlanOutput.Print(call, plan with { Notes = [] }, "changed");
        Console.Error.WriteLine($"written to {settings.RsyncdConf}; rsyncd reads it anew for each connection");
        if (!ListeningPorts.Has(settings.RsyncdPort))
        {
            Console.Error.WriteLine($"nothing listens on port {settings.RsyncdPort}: start rsyncd, on Debian with: systemctl enable --now rsync");
        }
    }
}
