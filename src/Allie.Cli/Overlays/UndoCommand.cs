using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Files;
using Allie.Linux.Overlays;
using Allie.Overlays;
using Allie.Overlays.Layers;

namespace Allie.Cli.Overlays;

/// <summary>undo: the image's own files back. Asks nothing, as nothing is lost: the next apply puts the overlay's files there again.</summary>
internal static class UndoCommand
{
    private static readonly Argument<string[]> Paths = new("PATH") { Description = "What is at or below these", Arity = ArgumentArity.ZeroOrMore };

    private static readonly Option<bool> All = new("--all") { Description = "All that overlays have put there" };

    private static readonly Option<bool> FromImage = new("--from-image") { Description = "By the server's image, whatever the PC has kept of before" };

    internal static Command Make(Verbs verbs) =>
        verbs.Change("undo", "Give the image's own files back, until the next apply (stop that with: allie disable)", Run, Paths, All, FromImage, ApplyCommands.Root);

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("undo");
        var named = call.Get(Paths);
        if (named.Length == 0 == !call.Get(All))
        {
            throw UserError.Refused(named.Length == 0 ? "undo what?" : "PATH and --all do not go together", "allie undo PATH..., or allie undo --all");
        }

        var root = call.Get(ApplyCommands.Root)!;
        var request = new ApplyRequest(root, [], null, call.DryRun, false) { From = LayerChoice.None };
        using var run = ApplyRun.Open(request, call.Pc, call.Rsync, call.Runner);
        ImagePath[] paths = [.. named.Select(run.Resolve)];
        if (call.Get(FromImage) && !call.DryRun)
        {
            _ = UndoChoice.From(run.Plan, paths); // refuses what is none of ours before a server is asked
            run.TakeImagesOwn(call.Rsync, paths);
        }

        run.Narrow(UndoChoice.From(run.Plan, paths));
        var output = new ApplyOutput(call, root, run.Notes);
        return call.DryRun ? output.WouldDo(run.Rehearse(), brake: false) : new AppliedChanges(call, request).Carry(run, output);
    }
}
