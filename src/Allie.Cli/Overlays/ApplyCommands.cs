using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Overlays;
using Allie.Overlays;

namespace Allie.Cli.Overlays;

internal static class ApplyCommands
{
    private static readonly Option<string> Root = new("--root")
    {
        Description = "Apply to the image at this directory instead of the running one", HelpName = "ROOT", DefaultValueFactory = _ => "/",
    };

    private static readonly Option<string[]> Layer = new("--layer")
    {
        Description = "A local layer directory, lowest first; repeat it. No server is contacted then", HelpName = "DIR",
    };

    private static readonly Option<string?> Image = new("--image") { Description = "The image's name, where ROOT does not tell it", HelpName = "NAME" };

    internal static Command[] All(Verbs verbs) =>
        [verbs.Change("apply", "Fetch this PC's overlay layers and apply them (00overlay)", Run, Root, Layer, Image)];

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("apply");
        return Run(call, call.Get(Root)!, call.Get(Layer) ?? [], call.Get(Image));
    }

    internal static int Run(Invocation call, string root, IReadOnlyList<string> layers, string? image)
    {
        using var run = ApplyRun.Open(new(root, layers, image, call.DryRun, call.Yes), call.Pc, call.Rsync);
        var output = new ApplyOutput(call, root, run.Notes);
        if (call.DryRun)
        {
            return output.WouldDo(run.Plan);
        }

        if (WithdrawalBrake.Holds(run.Plan.Withdrawn, run.Plan.Managed))
        {
            Prompt.Confirm(call, $"withdraw {run.Plan.Withdrawn} of {run.Plan.Managed} overlay files at {root}? The layers do not have them any more");
        }

        return output.Did(run.Apply());
    }
}
