using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Images;
using Allie.Plans;

namespace Allie.Cli.Images;

/// <summary>Which generation PCs get, and names for generations.</summary>
internal static class GenerationCommands
{
    private static readonly Argument<string> Image = new("NAME") { Description = "The image" };
    private static readonly Argument<string> Generation = new("GEN") { Description = "Number of a generation, a tag, or current" };
    private static readonly Argument<string> TagName = new("TAG") { Description = "Such as stable or exam-2026" };
    private static readonly Option<bool> Off = new("--remove") { Description = "Take the tag away" };

    private static readonly Option<string?> To = new("--to")
    {
        Description = "This generation, older or newer (default: the one before current)", HelpName = "GEN",
    };

    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Change("rollback", "Give PCs an older generation again, or any other with --to", Rollback, Image, To),
        verbs.Change("tag", "Name a generation; a tagged one is never pruned", Tag, Image, Generation, TagName, Off),
    ];

    private static int Rollback(Invocation call)
    {
        var store = ImageCommands.Store(call, "image rollback");
        var image = ImageCommands.Known(store, call.Get(Image));
        using var held = call.DryRun ? null : store.Lock(image);
        if (store.HoldReason(image) is { } reason)
        {
            throw UserError.Refused($"cannot roll back {image}: it is held{(reason.Length > 0 ? $" ({reason})" : "")}", $"first: allie image release {image}");
        }

        var current = store.Current(image);
        var to = call.Get(To) is { } typed ? store.Resolve(new(image, typed)) : Generations.Before(store.GenerationsOf(image), current)
            ?? throw UserError.Refused($"cannot roll back {image}: there is no generation before {current?.ToString() ?? "any"}", "choose one with --to; see: allie image show " + image);
        PlainStep[] steps = to == current ? [] : [new("switch", $"{image}@{to}", $"PCs get {current?.ToString() ?? "nothing"} now; they fetch {to} at their next prep")];
        if (steps.Length > 0)
        {
            Prompt.Confirm(call, $"give PCs generation {to} of {image} instead of {current?.ToString() ?? "none"}?");
        }

        return call.Carry(new Plan<PlainStep>(steps), () => store.MakeCurrent(image, to), $"{image}: generation {to} is current");
    }

    private static int Tag(Invocation call)
    {
        var store = ImageCommands.Store(call, "image tag");
        var image = ImageCommands.Known(store, call.Get(Image));
        using var held = call.DryRun ? null : store.Lock(image);
        var tag = ImageReference.CheckTag(call.Get(TagName));
        var generation = store.Resolve(new(image, call.Get(Generation)));
        var there = store.Tags(image).Where(t => t.Tag == tag).Select(t => (int?)t.Generation).FirstOrDefault();
        if (call.Get(Off))
        {
            PlainStep[] gone = there == generation ? [new("untag", $"{image}@{tag}", $"it named generation {there}")] : [];
            return call.Carry(new Plan<PlainStep>(gone), () => store.Untag(image, tag), $"{image}: tag {tag} is gone");
        }

        PlainStep[] steps = there == generation ? [] : [new("tag", $"{image}@{tag}", $"generation {generation}{(there is null ? "" : $", until now {there}")}")];
        return call.Carry(new Plan<PlainStep>(steps), () => store.Tag(image, generation, tag), $"{image}@{tag} is generation {generation}");
    }
}
