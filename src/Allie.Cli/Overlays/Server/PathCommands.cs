using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Overlays.Layers;
using Allie.Linux.Overlays.Store;
using Allie.Overlays.Layers;

namespace Allie.Cli.Overlays.Server;

internal static class PathCommands
{
    private static readonly Argument<string> Path = new("PATH") { Description = "In the image, such as /etc/motd" };

    private static readonly Argument<string[]> Paths = new("PATH") { Description = "Only what is at or below these", Arity = ArgumentArity.ZeroOrMore };

    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Read("which", "Show every layer that has a path, and which one wins", Which, Path, HostImage.HostOption, HostImage.ImageOption),
        verbs.Read("show", "Print a file as a PC gets it", Show, Path, HostImage.HostOption, HostImage.ImageOption),
        verbs.Read("diff", "Show what the layers change in an image, as a patch; exit 3 when something", Diff, Paths, HostImage.HostOption, HostImage.ImageOption),
    ];

    private static int Which(Invocation call)
    {
        Invocation.RequireRoot("overlay which");
        using var trees = new ServerTrees(call.Server);
        var images = new JsonArray();
        foreach (var of in HostImage.Of(call, trees))
        {
            var path = of.Resolve(call.Get(Path));
            var found = of.Provenance(path, trees.Open(of.Layers)).Reverse().ToList();
            images.Add((JsonNode)Json(of, path, found));
            if (!call.Json)
            {
                Tell(of.Notes);
                Console.Out.WriteLine($"{path}{(of.Host is { } host ? $" on {host}" : "")}, image {of.Image}:{(found.Any(f => f.Wins) ? "" : " no layer decides it; the image's own")}");
                foreach (var one in found)
                {
                    Console.Out.WriteLine($"{(one.Wins ? "*" : " ")} {one.Layer}  {one.Wish.Source.ToString()[1..]}  ({one.Says(path)})");
                }
            }
        }

        if (call.Json)
        {
            JsonOutput.Print(new JsonObject { ["images"] = images });
        }

        return ExitCode.Ok;
    }

    private static JsonObject Json(HostImage of, ImagePath path, IEnumerable<Provenance> found) => new()
    {
        ["image"] = of.Image, ["host"] = of.Host, ["path"] = path.ToString(),
        ["layers"] = new JsonArray([.. found.Select(f => (JsonNode)new JsonObject
        {
            ["layer"] = f.Layer, ["source"] = f.Wish.Source.ToString()[1..], ["says"] = f.Says(path), ["wins"] = f.Wins,
        })]),
        ["notes"] = JsonOutput.Array(of.Notes),
    };

    private static int Show(Invocation call)
    {
        Invocation.RequireRoot("overlay show");
        using var trees = new ServerTrees(call.Server);
        var of = Only(HostImage.Of(call, trees));
        Tell(of.Warnings);
        var path = of.Resolve(call.Get(Path));
        var sources = trees.Open(of.Layers);
        if (of.Provenance(path, sources).FirstOrDefault(p => p.Wins)?.Wish is not { Kind: WantedKind.Entry or WantedKind.Once } wish || wish.Place != path)
        {
            throw new UserError($"no layer gives {path} to {of.Host ?? "a PC"} with image {of.Image}", $"allie overlay which {path} shows what the layers say of it");
        }

        var source = sources.First(s => s.Name == wish.Layer);
        var (layer, rendered) = (source.Root, Render(trees, of, source, wish));
        if (call.Json)
        {
            var facts = layer.Stat(wish.Source);
            JsonOutput.Print(new JsonObject
            {
                ["path"] = path.ToString(), ["layer"] = wish.Layer, ["source"] = wish.Source.ToString()[1..], ["mode"] = Convert.ToString(facts.Permissions, 8),
                ["owner"] = $"{facts.Uid}:{facts.Gid}", ["link_to"] = facts.IsSymlink ? RawName.Display(layer.ReadLink(wish.Source)) : null,
                ["content"] = facts.IsRegular ? DiffOutput.Shown(Encoding.Latin1.GetString(rendered ?? layer.ReadFile(wish.Source))) : null,
            });
        }
        else if (layer.Stat(wish.Source).IsSymlink)
        {
            Console.Out.WriteLine("-> " + RawName.Display(layer.ReadLink(wish.Source)));
        }
        else
        {
            using var stdout = Console.OpenStandardOutput();
            using Stream file = rendered is null ? layer.OpenRead(wish.Source) : new MemoryStream(rendered);
            file.CopyTo(stdout);
        }

        return ExitCode.Ok;
    }

    /// <summary>Where it cannot be made, what is not known of the PC may be why.</summary>
    private static byte[]? Render(ServerTrees trees, HostImage of, LayerSource source, Wanted wish)
    {
        try
        {
            return trees.Render(of.Host, of.Image, of.Tree, source, wish);
        }
        catch (UserError)
        {
            Tell(of.Notes.Except(of.Warnings)); // those are told already
            throw;
        }
    }

    private static int Diff(Invocation call)
    {
        Invocation.RequireRoot("overlay diff");
        using var trees = new ServerTrees(call.Server);
        var of = Only(HostImage.Of(call, trees));
        if (of.Tree is null)
        {
            throw UserError.Refused($"image {of.Image} is not published on this server", "allie image list shows them");
        }

        var paths = call.Get(Paths).Select(of.Resolve).ToList();
        bool IsMeant(ImagePath path) => paths.Count == 0 || paths.Any(path.IsAtOrBelow);
        var (differences, faults) = trees.Compare(of.Host, of.Image, of.Tree, of.Layers);
        return DiffOutput.Tell(call, [.. differences.Where(d => IsMeant(d.Path))], [.. faults.Where(f => IsMeant(f.Path))], of.Notes, patch: true);
    }

    private static HostImage Only(IReadOnlyList<HostImage> images) =>
        images.Count == 1 ? images[0] : throw UserError.Refused($"which image? There are {string.Join(", ", images.Select(i => i.Image))}", "name it: --image IMAGE");

    private static void Tell(IEnumerable<string> notes)
    {
        foreach (var note in notes)
        {
            Console.Error.WriteLine("allie: " + note);
        }
    }
}
