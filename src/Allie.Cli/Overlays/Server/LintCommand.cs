using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Overlays.Store;

namespace Allie.Cli.Overlays.Server;

internal static class LintCommand
{
    private static readonly Argument<string[]> Layers = new("LAYER") { Description = "Only these layers", Arity = ArgumentArity.ZeroOrMore };

    internal static Command Make(Verbs verbs) => verbs.Read("lint", "Look for what an administrator hardly wants in an overlay; exit 3 when something", Run, Layers);

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("overlay lint");
        using var trees = new ServerTrees(call.Server);
        var layers = call.Get(Layers);
        if (layers.FirstOrDefault(l => !trees.Layers().Contains(l)) is { } missing)
        {
            throw UserError.Refused($"there is no layer {missing} in {call.Server.Overlays}", "allie overlay list shows them");
        }

        var findings = new StoreInspection(trees).Look(layers);
        var code = findings.Any(f => !f.IsNote) ? ExitCode.Differences : ExitCode.Ok;
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["result"] = code == ExitCode.Ok ? "ok" : "findings",
                ["findings"] = new JsonArray([.. findings.Select(f => (JsonNode)new JsonObject
                {
                    ["severity"] = Severity(f.IsError, f.IsNote), ["rule"] = f.Rule, ["layer"] = f.Layer, ["path"] = f.Path.ToString(), ["message"] = f.Message, ["fix"] = f.Fix,
                })]),
            });
            return code;
        }

        foreach (var finding in findings)
        {
            Console.Out.WriteLine($"{Severity(finding.IsError, finding.IsNote)}: {finding.Layer}{(finding.Path.IsRoot ? "" : finding.Path.ToString())}: {finding.Message} [{finding.Rule}]");
            if (finding.Fix is not null)
            {
                Console.Out.WriteLine("    " + finding.Fix);
            }
        }

        return code;
    }

    private static string Severity(bool error, bool note) => error ? "error" : note ? "note" : "warning";
}
