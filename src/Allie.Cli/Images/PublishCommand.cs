using System.CommandLine;
using Allie.Blandify;
using Allie.Cli.Blandify;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Images;
using Allie.Linux.Blandify;
using Allie.Linux.Files;
using Allie.Linux.Images;
using Allie.Plans;

namespace Allie.Cli.Images;

/// <summary>Makes a work tree the image's next generation, which PCs get from then on.</summary>
internal static class PublishCommand
{
    private static readonly Argument<string> Image = new("NAME") { Description = "The image" };

    internal static Command Make(Verbs verbs) => verbs.Change("publish", "Make the work tree the image's next generation, and current", Run, Image);

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("image publish");
        var image = ImageName.Check(call.Get(Image));
        var store = new ImageStore(call.Server.Images);
        store.Require();
        using var held = call.DryRun ? null : store.Lock(image);
        var publisher = new Publisher(store, image, paths => ClearSpentCommand.Clear(call, store, image, paths));
        if (publisher.Unfinished is { } generation)
        {
            return Finish(call, store, publisher, image, generation);
        }

        publisher.Check();
        RequireBland(call, store, image);
        LeakGate.Require(call, store, image);
        var next = publisher.Next;
        var plan = new Plan<PlainStep>(
        [
            new("stamp", $"{store.WorkTree(image)}/{ImageStamp.Path}", $"generation {next}"),
            new("link", $"{store.Directory}/{Generations.LinkTarget(image, next)}", "unchanged files are shared with the generation before; generations never change"),
            .. Switch(store, image),
        ]);
        return call.Carry(plan, () => Tell(call, publisher.Publish(DateTime.UtcNow)), Done(store, image, next));
    }

    private static int Finish(Invocation call, ImageStore store, Publisher publisher, string image, int generation)
    {
        var plan = new Plan<PlainStep>([new("switch", $"{store.Directory}/{image}", $"a publish that was cut off had completed generation {generation}")]);
        return call.Carry(plan, () => publisher.Switch(generation), Done(store, image, generation));
    }

    private static IEnumerable<PlainStep> Switch(ImageStore store, string image) => store.HoldReason(image) is null
        ? [new("switch", $"{store.Directory}/{image}", "what PCs get from now on")]
        : [];

    private static string Done(ImageStore store, string image, int generation) => (store.HoldReason(image), store.Current(image)) switch
    {
        ({ } reason, var current) => $"{image}: generation {generation} is there, but {current?.ToString() ?? "none"} stays current: held{(reason.Length > 0 ? $" ({reason})" : "")}; later: allie image release {image}",
        (_, null) => $"{image}: generation {generation} is current; next: allie server conf",
        _ => $"{image}: generation {generation} is current",
    };

    private static void Tell(Invocation call, PublishedCounts counts)
    {
        if (!call.Json && counts.Shared > 0)
        {
            Screen.Say($"{counts.Shared} of {counts.Paths} paths are shared with the generation before; {counts.OwnBytes / 1e6:0.0} MB are new");
        }
    }

    /// <summary>Looks with the rules and changes nothing. Logs and caches, which each edit of an image makes anew, are no reason to refuse.</summary>
    private static void RequireBland(Invocation call, ImageStore store, string image)
    {
        using var tree = ImageRoot.Open(store.WorkTree(image));
        var left = RuleSet.Plan(new ImageTreeView(tree), RuleChoice.OfSite(call, image)).Steps.Where(s => s.Class != RuleClass.Hygiene).ToList();
        if (left.Count == 0)
        {
            return;
        }

        var what = $"{left[0].Path} and {left.Count - 1} more";
        if (!call.Yes)
        {
            throw UserError.Refused(
                $"cannot publish {image}: it still has what is one PC's own ({what})", $"run: allie image blandify {image}  (or publish it all the same with -y)");
        }

        Screen.Say($"allie: {image} still has what is one PC's own ({what}); published all the same");
    }
}
