using System.CommandLine;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Images;
using Allie.Images.Digests;
using Allie.Linux.Files;
using Allie.Linux.Images;
using Allie.Linux.Images.Digests;
using Allie.Plans;

namespace Allie.Cli.Images;

/// <summary>Finds what has changed in a generation since it was published, by content.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Image = new("NAME") { Description = "NAME for its current generation, NAME@GEN, or NAME@TAG" };
    private static readonly Option<bool> All = new("--all") { Description = "All generations of it" };
    private static readonly Option<bool> Rebuild = new("--rebuild") { Description = "Write the catalogue anew from the tree as it is now, and believe it" };

    internal static Command Make(Verbs verbs) =>
        verbs.Change("verify", "Read a generation whole and compare it with its catalogue; exit 1 and the paths where it rotted", Run, Image, All, Rebuild);

    private static int Run(Invocation call)
    {
        var store = ImageCommands.Store(call, "image verify");
        var what = ImageReference.Parse(call.Get(Image));
        var image = ImageCommands.Known(store, what.Name);
        var generations = call.Get(All) ? store.GenerationsOf(image) : [store.Resolve(what)];
        if (call.Get(Rebuild))
        {
            return Write(call, store, image, generations);
        }

        var rows = new JsonArray();
        var faulty = false;
        foreach (var generation in generations)
        {
            var catalogue = store.CatalogueOf(image, generation)
                ?? throw UserError.Refused($"cannot verify {image}@{generation}: it has no catalogue", $"it was published without; allie image verify {image}@{generation} --rebuild makes one of the tree as it is");
            var faults = TreeHashes.Faults(store.TreeOf(image, generation), catalogue).ToList();
            faulty |= faults.Count > 0;
            rows.Add((JsonNode)Row(image, generation, catalogue, faults));
            if (!call.Json)
            {
                Print(image, generation, catalogue, faults);
            }
        }

        if (call.Json)
        {
            JsonOutput.Print(new JsonObject { ["result"] = faulty ? "faults" : "ok", ["generations"] = rows });
        }

        return faulty ? ExitCode.Failed : ExitCode.Ok;
    }

    private static int Write(Invocation call, ImageStore store, string image, IReadOnlyList<int> generations)
    {
        var plan = new Plan<PlainStep>([.. generations.Select(g => new PlainStep("write", store.CatalogueFile(image, g), "the tree as it is now is believed"))]);
        return call.Carry(plan, () =>
        {
            using var held = store.Lock(image);
            foreach (var generation in generations)
            {
                AtomicFile.Write(store.CatalogueFile(image, generation), Catalogue.Format(TreeHashes.Of(store.TreeOf(image, generation))), 0x180);
            }
        }, $"{image}: written: {Counted.Of(generations.Count, "catalogue")}");
    }

    private static JsonObject Row(string image, int generation, Catalogue catalogue, IReadOnlyList<TreeFault> faults) => new()
    {
        ["image"] = image,
        ["generation"] = generation,
        ["paths"] = catalogue.Hashes.Count,
        ["faults"] = new JsonArray([.. faults.Select(f => (JsonNode)new JsonObject { ["fault"] = f.Kind, ["path"] = f.Path.ToString() })]),
    };

    private static void Print(string image, int generation, Catalogue catalogue, IReadOnlyList<TreeFault> faults)
    {
        foreach (var fault in faults)
        {
            Console.Out.WriteLine($"{fault.Kind,-7}  {fault.Path}");
        }

        if (faults.Count > 0)
        {
            Console.Error.WriteLine($"allie: {image}@{generation} is not as it was published: {faults.Count} of {catalogue.Hashes.Count} paths\n  give PCs another generation: allie image rollback {image}; get good files from a mirror, or publish anew");
        }
        else
        {
            Console.Out.WriteLine($"{image}@{generation}: all {catalogue.Hashes.Count} paths are as published");
        }
    }
}
