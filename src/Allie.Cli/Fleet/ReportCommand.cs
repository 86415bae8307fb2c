using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Fleet;
using Allie.Plans;

namespace Allie.Cli.Fleet;

/// <summary>What imageconf does at its end, by hand and not silent.</summary>
internal static class ReportCommand
{
    internal static Command Make(Verbs verbs) => verbs.Change("report", "Send this PC's report to the server, as each hourly run does", Run);

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("report");
        var sending = new ReportSending(call.Pc, call.Runner, call.Connection);
        var files = sending.Files();
        if (files.Count == 0)
        {
            throw UserError.Refused($"there is no report in {call.Pc.State} yet", "allie apply writes one");
        }

        return call.Carry(new Plan<PlainStep>([.. files.Select(f => new PlainStep("send", f, "to " + call.Pc.ServerAddress))]), sending.Send);
    }
}
