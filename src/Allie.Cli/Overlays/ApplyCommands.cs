using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Fleet;
using Allie.Linux.Overlays;
using Allie.Overlays;
using Allie.Overlays.Layers;

namespace Allie.Cli.Overlays;

internal static class ApplyCommands
{
    internal static readonly Option<string> Root = new("--root")
    {
        Description = "Apply to the image at this directory instead of the running one", HelpName = "ROOT", DefaultValueFactory = _ => "/",
    };

    internal static readonly Option<string[]> Layer = new("--layer")
    {
        Description = "A local layer directory, lowest first; repeat it. No server is contacted then", HelpName = "DIR",
    };

    internal static readonly Option<string?> Image = new("--image") { Description = "The image's name, where ROOT does not tell it", HelpName = "NAME" };

    internal static readonly Option<string?> HostFacts = new("--host-facts")
    {
        Description = "With --layer: what templates name (host, groups, [tag], ...), in a TOML file, instead of what this PC is", HelpName = "FILE",
    };

    internal static Command[] All(Verbs verbs) =>
        [verbs.Change("apply", "Fetch this PC's overlay layers and apply them (00overlay)", Run, Root, Layer, Image, HostFacts)];

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("apply");
        if (DisableCommands.Stops(call, call.Get(Root)!))
        {
            return ExitCode.Ok;
        }

        var layers = call.Get(Layer) ?? [];
        var code = Run(call, call.Get(Root)!, layers, call.Get(Image));
        if (!call.DryRun && layers.Length == 0 && !ServerConnection.IsShared && Path.GetFullPath(call.Get(Root)!) == "/")
        {
            new ReportSending(call.Pc, call.Runner, call.Connection).TrySend();
        }

        return code;
    }

    internal static int Run(Invocation call, string root, IReadOnlyList<string> layers, string? image, string? slot = null, IReadOnlyList<LeftPlace>? left = null)
    {
        var request = new ApplyRequest(root, layers, image, call.DryRun, call.Yes) { HostFacts = Facts(call, layers), Left = left ?? [] };
        var shown = slot is null ? root : $"slot {slot}";
        using var run = ApplyRun.Open(request, call.Pc, call.Rsync, call.Runner);
        var output = new ApplyOutput(call, shown, run.Notes);
        if (call.DryRun)
        {
            return output.WouldDo(run.Rehearse());
        }

        if (WithdrawalBrake.Holds(run.Plan.Withdrawn, run.Plan.Managed))
        {
            Prompt.Confirm(call, $"withdraw {run.Plan.Withdrawn} of {run.Plan.Managed} overlay files of {shown}? The layers do not have them any more");
        }

        return new AppliedChanges(call, request, slot).Carry(run, output);
    }

    internal static string? Facts(Invocation call, IReadOnlyList<string> layers) =>
        call.Get(HostFacts) is not { } file ? null
        : layers.Count > 0 ? file
        : throw UserError.Refused("--host-facts goes with --layer", "what the server gives this PC is rendered with what this PC is");
}
