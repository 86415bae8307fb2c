using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Fleet;

namespace Allie.Cli.Fleet;

internal static class ServerCheckCommand
{
    internal static Command Make(Verbs verbs) => verbs.Read("check", "Look for what is unsafe or leads nowhere on this server; exit 3 when something", Run);

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("server check");
        var findings = new ServerInspection(call.Server, call.Runner).Look();
        var code = findings.Any(f => !f.IsAdvice) ? ExitCode.Differences : ExitCode.Ok;
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["result"] = code == ExitCode.Ok ? "ok" : "findings",
                ["findings"] = new JsonArray([.. findings.Select(f => (JsonNode)new JsonObject
                {
                    ["severity"] = f.IsAdvice ? "note" : "warning", ["rule"] = f.Rule, ["what"] = f.What, ["why"] = f.Why, ["next"] = f.Next,
                })]),
            });
            return code;
        }

        foreach (var finding in findings.OrderBy(f => f.IsAdvice))
        {
            Console.Out.WriteLine($"{(finding.IsAdvice ? "note" : "warning")}: {finding.What}: {finding.Why} [{finding.Rule}]");
            Console.Out.WriteLine("    " + finding.Next);
        }

        return code;
    }
}
