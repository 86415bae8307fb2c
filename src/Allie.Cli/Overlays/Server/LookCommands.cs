using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Overlays.Store;
using Allie.Overlays.Layers;

namespace Allie.Cli.Overlays.Server;

internal static class LookCommands
{
    private static readonly Argument<string?> Layer = new("LAYER")
    {
        Description = "Only this layer: all, f18, group/G/all, host/H/f18", DefaultValueFactory = _ => null,
    };

    private static readonly Option<int> Most = new("--most") { Description = "How many", HelpName = "N", DefaultValueFactory = _ => 20 };

    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Read("list", "List the layers: how many files, which PCs, held or not", List),
        verbs.Read("log", "Show the last edits: git's log of a git checkout, else the newest files", Log, Layer, Most),
    ];

    private static int List(Invocation call)
    {
        Invocation.RequireRoot("overlay list");
        using var trees = new ServerTrees(call.Server);
        var rows = trees.Layers().Select(l => (Layer: l, Files: trees.Files(l), For: LayerAudience.Of(l, trees.Hosts), Held: new LayerHold(trees, l).Reason)).ToList();
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["layers"] = new JsonArray([.. rows.Select(r => (JsonNode)new JsonObject { ["layer"] = r.Layer, ["files"] = r.Files, ["for"] = r.For, ["held"] = r.Held })]),
            });
        }
        else
        {
            Screen.Table(["layer", "files", "for", "held"], rows.Select(r => (IReadOnlyList<string>)[r.Layer, $"{r.Files}", r.For, r.Held is { } why ? why.Length > 0 ? why : "yes" : ""]));
        }

        return ExitCode.Ok;
    }

    private static int Log(Invocation call)
    {
        Invocation.RequireRoot("overlay log");
        using var trees = new ServerTrees(call.Server);
        var layer = call.Get(Layer);
        if (layer is not null && !trees.Layers().Contains(layer))
        {
            throw UserError.Refused($"there is no layer {layer} in {call.Server.Overlays}", "allie overlay list shows them");
        }

        var edits = new LayerEdits(trees, call.Runner);
        var git = edits.Git(layer, call.Get(Most));
        var rows = git ?? edits.Newest(layer is null ? trees.Layers() : [layer], call.Get(Most));
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["from"] = git is null ? "files" : "git",
                ["edits"] = new JsonArray([.. rows.Select(r => (JsonNode)new JsonObject { ["when"] = r.When, ["who"] = r.Who, ["what"] = r.What })]),
            });
        }
        else
        {
            Screen.Table(["when", "who", "what"], rows.Select(r => (IReadOnlyList<string>)[r.When, r.Who, r.What]));
        }

        return ExitCode.Ok;
    }
}
