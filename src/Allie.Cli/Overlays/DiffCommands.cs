using System.CommandLine;
using Allie.Cli.Shared;
using Allie.Linux.Overlays;
using Allie.Overlays.Layers;

namespace Allie.Cli.Overlays;

internal static class DiffCommands
{
    private static readonly Argument<string[]> Paths = new("PATH") { Description = "Only what is at or below these", Arity = ArgumentArity.ZeroOrMore };

    private static readonly Option<bool> Fetched = new("--fetched") { Description = "Compare with the layers of the last fetch; do not ask the server" };

    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Read("diff", "Show what the next apply would change, as a patch; exit 3 when something", Diff, Paths, Fetched, ApplyCommands.Root, ApplyCommands.Layer, ApplyCommands.Image, ApplyCommands.HostFacts),
        verbs.Read("verify", "Exit 3 when something is not as the layers of the last fetch want it; for monitoring", Verify, Paths, ApplyCommands.Root, ApplyCommands.Layer, ApplyCommands.Image, ApplyCommands.HostFacts),
    ];

    private static int Diff(Invocation call) => Look(call, call.Get(Fetched), patch: true);

    private static int Verify(Invocation call) => Look(call, fetched: true, patch: false);

    private static int Look(Invocation call, bool fetched, bool patch)
    {
        Invocation.RequireRoot("comparing with overlays");
        var request = new ApplyRequest(call.Get(ApplyCommands.Root)!, call.Get(ApplyCommands.Layer) ?? [], call.Get(ApplyCommands.Image), true, false)
        {
            From = fetched ? LayerChoice.Fetched : LayerChoice.Server,
            HostFacts = ApplyCommands.Facts(call, call.Get(ApplyCommands.Layer) ?? []),
        };
        using var run = ApplyRun.Open(request, call.Pc, call.Rsync);
        var paths = call.Get(Paths).Select(run.Resolve).ToList();
        bool IsMeant(Files.ImagePath path) => paths.Count == 0 || paths.Any(path.IsAtOrBelow);
        var (differences, faults) = run.Differences();
        return DiffOutput.Tell(call, [.. differences.Where(d => IsMeant(d.Path))], [.. faults.Where(f => IsMeant(f.Path))], run.Notes, patch);
    }
}
