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
        var publisher = new Publisher(store, image);
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
            new("move", $"{store.Directory}/{Generations.LinkTarget(image, next)}", "generations never change"),
            new("switch", $"{store.Directory}/{image}", "what PCs get from now on"),
        ]);
        return call.Carry(plan, () => publisher.Publish(DateTime.UtcNow), Done(image, next, store.Current(image) is null));
    }

    private static int Finish(Invocation call, ImageStore store, Publisher publisher, string image, int generation)
    {
        var plan = new Plan<PlainStep>([new("switch", $"{store.Directory}/{image}", $"a publish that was cut off had moved generation {generation} in place")]);
        return call.Carry(plan, () => publisher.Switch(generation), Done(image, generation, store.Current(image) is null));
    }

    private static string Done(string image, int generation, bool first) =>
        $"{image}: generation {generation} is current" + (first ? "; next: allie server conf" : "");

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
