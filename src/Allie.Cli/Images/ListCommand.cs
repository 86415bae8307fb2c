using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Images.Offer;
using Allie.Linux.Images;

namespace Allie.Cli.Images;

/// <summary>What the server has.</summary>
internal static class ListCommand
{
    internal static Command Make(Verbs verbs) => verbs.Read("list", "List the server's images and their generations", Run);

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("image list"); // the store is closed to others
        var store = new ImageStore(call.Server.Images);
        store.Require();
        var rows = store.Names().Select(name => Row(store, name)).ToList();
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject { ["images"] = new JsonArray([.. rows]) });
            return ExitCode.Ok;
        }

        Screen.Table(
            ["image", "current", "generations", "captured", "from", "work tree"],
            rows.Select(r => new[] { "name", "current", "generations", "captured", "from", "work_tree" }.Select(k => Cell(r[k])).ToList()));
        return ExitCode.Ok;
    }

    private static JsonObject Row(ImageStore store, string name)
    {
        var current = store.Current(name);
        var stamp = current is { } generation ? store.Stamp(name, generation) : null;
        return new()
        {
            ["name"] = name,
            ["current"] = current,
            ["generations"] = new JsonArray([.. store.GenerationsOf(name).Select(n => (JsonNode)n)]),
            ["captured"] = stamp?.Captured,
            ["from"] = stamp?.From,
            ["work_tree"] = store.HasWorkTree(name) ? WorkTree(store.Capture(name)) : null,
        };
    }

    private static JsonObject WorkTree(CaptureRecord? capture) => new()
    {
        ["state"] = capture is { IsComplete: false } ? "incomplete" : "ready", ["captured"] = capture?.Captured, ["from"] = capture?.From,
    };

    private static string Cell(JsonNode? value) => value switch
    {
        null => "-",
        JsonObject tree => string.Join(", ", new[] { tree["state"], tree["from"], tree["captured"] }.Select(v => v?.ToString()).Where(v => !string.IsNullOrEmpty(v))),
        JsonArray list => list.Count == 0 ? "-" : string.Join(',', list.Select(v => v!.ToString())),
        _ => value.ToString(),
    };
}
