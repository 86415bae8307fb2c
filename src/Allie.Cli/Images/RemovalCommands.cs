using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Images;
using Allie.Linux.Images;
using Allie.Plans;

namespace Allie.Cli.Images;

/// <summary>Taking away images and generations that nobody needs.</summary>
internal static class RemovalCommands
{
    private static readonly Argument<string> What = new("NAME") { Description = "The image with all its generations, or NAME@GEN for one of them" };
    private static readonly Argument<string[]> Images = new("NAME") { Description = "The images (default: all)", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<int?> Keep = new("--keep") { Description = "So many of the newest stay (default: prune.keep of server.toml, 3)", HelpName = "N" };

    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Change("remove", "Remove an image, or one generation of it; refused while a PC has it", Remove, What),
        verbs.Change("prune", "Remove old generations, but never one that is current, tagged, held, or on a PC by its last report", Prune, Images, Keep),
    ];

    private static int Remove(Invocation call)
    {
        var store = ImageCommands.Store(call, "image remove");
        var what = ImageReference.Parse(call.Get(What));
        var image = ImageCommands.Known(store, what.Name);
        using var held = call.DryRun ? null : store.Lock(image);
        var use = GenerationUse.Look(store, call.Server.Reports);
        var facts = Facts(store, use, image);
        int[] gone = what.At is null ? [.. facts.Generations] : [store.Resolve(what)];
        if (what.At is not null && PruneChoice.Reason(facts, gone[0]) is { } reason)
        {
            throw UserError.Refused($"cannot remove {image}@{gone[0]}: {reason}", gone[0] == facts.Current ? $"give PCs another one first: allie image rollback {image}" : $"see: allie image show {image}");
        }

        RefuseInUse(call, use, facts, gone);
        var steps = gone.Select(g => new PlainStep("remove", $"{image}@{g}", g == facts.Current ? "PCs get it now" : "an older generation"));
        if (what.At is null)
        {
            steps = steps.Append(new("remove", image, store.HasWorkTree(image) ? "with its work tree" : "its name"));
        }

        var plan = new Plan<PlainStep>([.. steps], what.At is null ? [$"its overlays stay: remove them by hand; afterwards: allie server conf"] : []);
        Prompt.Confirm(call, $"remove {(what.At is null ? $"image {image} with {Counted.Of(gone.Length, "generation")}" : $"generation {gone[0]} of {image}")} from the server?");
        return call.Carry(plan, () =>
        {
            if (what.At is null)
            {
                store.Remove(image);
            }
            else
            {
                store.RemoveGeneration(image, gone[0]);
            }
        }, $"{what} is removed");
    }

    private static int Prune(Invocation call)
    {
        var store = ImageCommands.Store(call, "image prune");
        var keep = call.Get(Keep) ?? call.Server.KeepGenerations;
        var use = GenerationUse.Look(store, call.Server.Reports);
        var names = call.Get(Images) is { Length: > 0 } given ? given.Select(n => ImageCommands.Known(store, n)).ToList() : store.Names();
        var plans = names.Select(n => PruneChoice.Decide(Facts(store, use, n), keep, use.Unreadable)).ToList();
        var plan = new Plan<PlainStep>([.. plans.SelectMany(p => p.Steps)], [.. plans.SelectMany(p => p.Notes)]);
        if (!plan.IsEmpty)
        {
            Prompt.Confirm(call, $"remove {plan.Steps.Count} old generations ({string.Join(", ", plan.Steps.Take(5).Select(s => s.Target))}{(plan.Steps.Count > 5 ? ", ..." : "")})?");
        }

        return call.Carry(plan, () =>
        {
            foreach (var step in plan.Steps.Select(s => ImageReference.Parse(s.Target)))
            {
                using var held = store.Lock(step.Name);
                store.SweepRemoved(step.Name);
                store.RemoveGeneration(step.Name, step.Number!.Value);
            }
        }, $"removed: {Counted.Of(plan.Steps.Count, "generation")}");
    }

    private static void RefuseInUse(Invocation call, GenerationUse use, PruneFacts facts, IReadOnlyCollection<int> gone)
    {
        if (facts.Held)
        {
            throw UserError.Refused($"cannot remove {facts.Image}: it is held", $"first: allie image release {facts.Image}");
        }

        if (use.Unreadable.Count > 0)
        {
            throw UserError.Refused($"cannot remove {facts.Image}: {use.Unreadable[0]} cannot be read, so what that PC runs is not known", "look at it; remove it if it is rubbish");
        }

        if (facts.InUse.FirstOrDefault(u => gone.Contains(u.Generation)) is { Who: { } who } used)
        {
            throw UserError.Refused($"cannot remove {facts.Image}@{used.Generation}: {who} has it", "give that PC another image first; a PC that is no more: remove its directory below " + call.Server.Reports);
        }
    }

    private static PruneFacts Facts(ImageStore store, GenerationUse use, string image) =>
        new(image, store.GenerationsOf(image), store.Current(image), store.HoldNote(image) is not null, store.Tags(image), use.Of(image));
}
