using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Conf;
using Allie.Plans;

namespace Allie.Cli.Conf;

/// <summary>conf run: also the last part of imageconf, so what it does and what it tells are apart.</summary>
internal sealed class ConfRunCommand(Invocation call)
{
    private readonly ConfRun _conf = new(call.Pc, call.Runner, call.NamedConfig);

    internal static int Run(Invocation call)
    {
        Invocation.RequireRoot("conf run");
        var (code, json) = new ConfRunCommand(call).Run();
        if (call.Json)
        {
            JsonOutput.Print(json);
        }

        return code;
    }

    /// <summary>Prints what the scripts say, unless JSON was asked for; that comes back then.</summary>
    internal (int Code, JsonObject Json) Run()
    {
        if (call.DryRun)
        {
            return WouldRun();
        }

        var results = _conf.Run(Tell);
        var failed = results.Where(r => !r.Ok).ToList();

        // Scripts say 5 when the server is away; as long as nothing else is wrong, so do we.
        var code = failed.Count == 0 ? ExitCode.Ok : failed.All(f => f.ExitCode == ExitCode.Unreachable) ? ExitCode.Unreachable : ExitCode.Failed;
        if (failed.Count > 0)
        {
            Console.Error.WriteLine($"allie: {failed.Count} of {results.Count} scripts of {call.Pc.Conf} failed: {string.Join(", ", failed.Select(f => $"{f.Name} (exit {f.ExitCode})"))}");
        }

        return (code, new() { ["result"] = code == 0 ? "ok" : "failed", ["scripts"] = new JsonArray([.. results.Select(Row)]) });
    }

    private (int, JsonObject) WouldRun()
    {
        var plan = new Plan<PlainStep>([.. _conf.Scripts().Select(n => new PlainStep("run", Path.Combine(call.Pc.Conf, n), "in order"))]);
        if (!call.Json)
        {
            PlanOutput.Print(call, plan, "would_change");
        }

        return (plan.IsEmpty ? ExitCode.Ok : ExitCode.Differences, PlanOutput.Json(plan, plan.IsEmpty ? "ok" : "would_change"));
    }

    private void Tell(ScriptResult result)
    {
        if (!call.Json)
        {
            foreach (var line in result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                Console.Out.WriteLine($"{result.Name}: {line}");
            }
        }

        if (!result.Ok)
        {
            Console.Error.WriteLine($"allie: {result.Name} failed with exit code {result.ExitCode}; its output is in {_conf.LogOf(result.Name)}");
        }
    }

    private static JsonNode Row(ScriptResult result) =>
        new JsonObject { ["name"] = result.Name, ["exit_code"] = result.ExitCode, ["seconds"] = Math.Round(result.Took.TotalSeconds, 3), ["output"] = result.Output };
}
