using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Linux.Overlays.Store;
using Allie.Overlays.Layers;
using Allie.Plans;

namespace Allie.Cli.Overlays.Server;

internal static class HoldCommands
{
    private static readonly Argument<string> Layer = new("LAYER") { Description = "all, f18, group/G/all, host/H/f18, ..." };

    private static readonly Argument<string> Reason = new("REASON") { Description = "Why; PCs tell it", DefaultValueFactory = _ => "" };

    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Change("hold", "PCs go on with a layer as they have it, until release: for an edit of several files", Hold, Layer, Reason),
        verbs.Change("release", "Let PCs fetch a held layer again", Release, Layer),
    ];

    private static int Hold(Invocation call)
    {
        Invocation.RequireRoot("overlay hold");
        using var trees = new ServerTrees(call.Server);
        var hold = new LayerHold(trees, call.Get(Layer));
        PlainStep[] steps = hold.Reason == call.Get(Reason) ? [] : [new("hold", call.Get(Layer), $"by {hold.Shown}")];
        return call.Carry(new Plan<PlainStep>(steps), () => hold.Set(call.Get(Reason)), $"layer {call.Get(Layer)} is held; afterwards: allie overlay release {call.Get(Layer)}");
    }

    private static int Release(Invocation call)
    {
        Invocation.RequireRoot("overlay release");
        using var trees = new ServerTrees(call.Server);
        var hold = new LayerHold(trees, call.Get(Layer));
        PlainStep[] steps = hold.Reason is null ? [] : [new("release", call.Get(Layer), "PCs fetch it at their next run")];
        return call.Carry(new Plan<PlainStep>(steps), hold.Release, $"layer {call.Get(Layer)} is released; PCs fetch it at their next run");
    }
}
