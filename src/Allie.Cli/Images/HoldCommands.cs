using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Images;
using Allie.Plans;

namespace Allie.Cli.Images;

/// <summary>As `overlay hold`: PCs go on with what they get, whatever is published meanwhile.</summary>
internal static class HoldCommands
{
    private static readonly Argument<string> Image = new("NAME") { Description = "The image" };
    private static readonly Argument<string> Reason = new("REASON") { Description = "Why; shown by list and publish", DefaultValueFactory = _ => "" };

    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Change("hold", "Keep current as it is, until release: publish adds generations that PCs do not get yet", Hold, Image, Reason),
        verbs.Change("release", "End a hold: the newest generation published meanwhile becomes current", Release, Image),
    ];

    private static int Hold(Invocation call)
    {
        var store = ImageCommands.Store(call, "image hold");
        var image = ImageCommands.Known(store, call.Get(Image));
        using var held = call.DryRun ? null : store.Lock(image);
        PlainStep[] steps = store.HoldReason(image) == call.Get(Reason) ? [] : [new("hold", image, $"current stays {store.Current(image)?.ToString() ?? "none"}")];
        return call.Carry(new Plan<PlainStep>(steps), () => store.Hold(image, call.Get(Reason)), $"{image} is held; afterwards: allie image release {image}");
    }

    private static int Release(Invocation call)
    {
        var store = ImageCommands.Store(call, "image release");
        var image = ImageCommands.Known(store, call.Get(Image));
        using var held = call.DryRun ? null : store.Lock(image);
        var (was, current, newest) = (store.HoldNote(image), store.Current(image), store.GenerationsOf(image).LastOrDefault());
        var moves = was is not null && newest > was.Newest && newest != current; // a rollback from before the hold stands
        PlainStep[] steps = was is null ? [] : moves
            ? [new("release", image, "held" + (was.Reason.Length > 0 ? $" ({was.Reason})" : "")), new("switch", $"{image}@{newest}", "published meanwhile")]
            : [new("release", image, "nothing was published meanwhile")];
        return call.Carry(
            new Plan<PlainStep>(steps),
            () =>
            {
                if (moves)
                {
                    store.MakeCurrent(image, newest);
                }

                store.Release(image);
            },
            $"{image} is released; generation {(moves ? newest : current)?.ToString() ?? "none"} is current");
    }
}
