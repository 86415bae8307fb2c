using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Config;
using Allie.Errors;
using Allie.Linux.Overlays;
using Allie.Overlays;
using Allie.Plans;

namespace Allie.Cli.Overlays;

/// <summary>disable and enable: somebody works on a PC by hand and wants no overlay in between.</summary>
internal static class DisableCommands
{
    /// <summary>Set by `conf run` for its scripts: nobody is there to read.</summary>
    private const string Hourly = "ALLIE_ACTIVE";

    private static readonly Argument<string> Reason = new("REASON") { Description = "Why, for whoever wonders later" };

    private static readonly Option<string?> For = new("--for") { Description = "Ends by itself after this time: 90s, 30m, 8h, 2d", HelpName = "TIME" };

    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Change("disable", "Stop the hourly apply on this PC, for all its images", Disable, Reason, For, ApplyCommands.Root),
        verbs.Change("enable", "Let the hourly apply run again", Enable, ApplyCommands.Root),
    ];

    /// <summary>True: do nothing, and say nothing. An apply by hand is refused instead, unless -y.</summary>
    internal static bool Stops(Invocation call, string root)
    {
        if (call.Yes || new DisabledFile(root, call.Pc).Read() is not { } mark)
        {
            return false;
        }

        if (call.DryRun)
        {
            Console.Error.WriteLine("allie: " + mark);
            return false;
        }

        return Path.GetFullPath(root) == "/" && Environment.GetEnvironmentVariable(Hourly) == "1"
            ? true
            : throw UserError.Refused(mark.ToString(), "allie enable ends that; allie apply -y applies all the same, once");
    }

    private static int Disable(Invocation call)
    {
        Invocation.RequireRoot("disable");
        if (call.Get(Reason).Trim().Length == 0)
        {
            throw UserError.Refused("disable needs a reason", "allie disable \"testing a new driver\" --for 8h");
        }

        var now = DateTimeOffset.UtcNow;
        var mark = new DisabledMark(call.Get(Reason), now, call.Get(For) is { } time ? now + Duration.Parse(time) : null);
        var file = new DisabledFile(call.Get(ApplyCommands.Root)!, call.Pc);
        return call.Carry(new Plan<PlainStep>([new("disable", call.Get(ApplyCommands.Root)!, mark.ToString())]), () => file.Write(mark), mark + "\nallie enable ends it");
    }

    private static int Enable(Invocation call)
    {
        Invocation.RequireRoot("enable");
        var file = new DisabledFile(call.Get(ApplyCommands.Root)!, call.Pc);
        var mark = file.Read();
        PlainStep[] steps = mark is null ? [] : [new("enable", call.Get(ApplyCommands.Root)!, mark.ToString())];
        return call.Carry(new Plan<PlainStep>(steps), file.Remove, "overlays are applied again, from the next hourly run on; at once: allie apply");
    }
}
