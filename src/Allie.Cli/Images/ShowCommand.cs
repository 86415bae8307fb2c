using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Images;

namespace Allie.Cli.Images;

/// <summary>One image: its generations, what each costs, and who has it.</summary>
internal static class ShowCommand
{
    private static readonly Argument<string> Image = new("NAME") { Description = "The image" };

    internal static Command Make(Verbs verbs) => verbs.Read("show", "Show an image: generations, tags, sizes, who has which", Run, Image);

    private static int Run(Invocation call)
    {
        var store = ImageCommands.Store(call, "image show");
        var image = ImageCommands.Known(store, call.Get(Image));
        var use = GenerationUse.Look(store, call.Server.Reports);
        var sizes = new TreeSizes();
        var rows = store.GenerationsOf(image).Select(g => Row(store, image, g, sizes, use)).ToList();
        var hold = store.HoldReason(image);
        if (call.Json)
        {
            JsonOutput.Print(new JsonObject
            {
                ["name"] = image, ["current"] = store.Current(image), ["held"] = hold, ["work_tree"] = store.HasWorkTree(image) ? store.WorkTree(image) : null,
                ["generations"] = new JsonArray([.. rows]),
            });
            return ExitCode.Ok;
        }

        Console.Out.WriteLine($"image {image}: current {store.Current(image)?.ToString() ?? "none"}{(hold is null ? "" : $", held{(hold.Length > 0 ? $" ({hold})" : "")}")}"
            + (store.HasWorkTree(image) ? $"; work tree {store.WorkTree(image)}" : ""));
        Screen.Table(
            ["generation", "captured", "from", "paths", "size MB", "own MB", "tags", "on"],
            rows.Select(r => new[] { "generation", "captured", "from", "paths", "bytes", "own_bytes", "tags", "in_use" }.Select(k => Cell(k, r[k])).ToList()));
        return ExitCode.Ok;
    }

    private static JsonObject Row(ImageStore store, string image, int generation, TreeSizes sizes, GenerationUse use)
    {
        var stamp = store.Stamp(image, generation);
        var (paths, bytes, own) = sizes.Add(store.TreeOf(image, generation));
        return new()
        {
            ["generation"] = generation, ["captured"] = stamp?.Captured, ["from"] = stamp?.From, ["paths"] = paths, ["bytes"] = bytes, ["own_bytes"] = own,
            ["tags"] = JsonOutput.Array(store.Tags(image).Where(t => t.Generation == generation).Select(t => t.Tag)),
            ["in_use"] = JsonOutput.Array(use.Of(image).Where(u => u.Generation == generation).Select(u => u.Who)),
        };
    }

    private static string Cell(string key, JsonNode? value) => value switch
    {
        null => "-",
        JsonArray { Count: 0 } => "-",
        JsonArray list when list.Count > 4 => $"{list[0]}, {list[1]} and {list.Count - 2} more",
        JsonArray list => string.Join(", ", list.Select(v => v!.ToString())),
        _ when key.EndsWith("bytes", StringComparison.Ordinal) => $"{(long)value / 1e6:0.0}",
        _ => value.ToString(),
    };
}
