using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Overlays.Store;
using Allie.Overlays.Layers;
using Allie.Overlays.Lint;

namespace Allie.Cli.Overlays.Server;

internal static class LintCommand
{
    private static readonly Argument<string[]> Layers = new("LAYER") { Description = "Only these layers", Arity = ArgumentArity.ZeroOrMore };

    private static readonly Option<string?> Host = new("--host") { Description = "Only the layers of this PC, and what its last report says of them", HelpName = "H" };

    internal static Command Make(Verbs verbs) => verbs.Read("lint", "Look for what an administrator hardly wants in an overlay; exit 3 when something", Run, Layers, Host);

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("overlay lint");
        using var trees = new ServerTrees(call.Server);
        var layers = call.Get(Layers);
        if (layers.FirstOrDefault(l => !trees.Layers().Contains(l)) is { } missing)
        {
            throw UserError.Refused($"there is no layer {missing} in {call.Server.Overlays}", "allie overlay list shows them");
        }

        var findings = call.Get(Host) is { } host ? OfPc(trees, host, layers) : new StoreInspection(trees).Look(layers);
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

    private static IReadOnlyList<LintFinding> OfPc(ServerTrees trees, string host, string[] only)
    {
        var entry = trees.Hosts.Find(host) ?? throw UserError.Refused($"{host} has no line in the hosts file", "allie host list shows those that have");
        var inspection = new StoreInspection(trees);
        var (layers, onPc, notes) = (new List<string>(), new List<LintFinding>(), new List<string?>());
        foreach (var image in entry.Images is { Count: > 0 } images ? images : trees.Images)
        {
            var stack = LayerStack.For(image, entry);
            var (found, note) = inspection.OnPc(host, image, stack);
            layers.AddRange(stack);
            onPc.AddRange(found.Where(f => only.Length == 0 || only.Contains(f.Layer)));
            notes.Add(note);
        }

        foreach (var note in notes.OfType<string>().Distinct())
        {
            Console.Error.WriteLine("allie: " + note);
        }

        string[] there = [.. trees.Layers().Where(l => layers.Contains(l) && (only.Length == 0 || only.Contains(l)))];
        return [.. there.Length > 0 ? inspection.Look(there) : [], .. onPc];
    }

    private static string Severity(bool error, bool note) => error ? "error" : note ? "note" : "warning";
}
