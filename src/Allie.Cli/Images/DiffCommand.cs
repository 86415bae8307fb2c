using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Images;
using Allie.Linux.Images;

namespace Allie.Cli.Images;

/// <summary>What a publish would bring, or has brought.</summary>
internal static class DiffCommand
{
    private static readonly Argument<string> Before = new("A") { Description = "NAME, NAME@GEN, NAME@TAG or NAME@work" };

    private static readonly Argument<string> After = new("B")
    {
        Description = "The other (default: the work tree of A; without one, current beside the generation before)", Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => "",
    };

    private static readonly Option<bool> Files = new("--files") { Description = "Name every path that differs, not only the telling ones" };

    internal static Command Make(Verbs verbs) =>
        verbs.Read("diff", "Compare images, generations or work trees: packages, configuration, set-id programs, kernels, sizes", Run, Before, After, Files);

    private static int Run(Invocation call)
    {
        var store = ImageCommands.Store(call, "image diff");
        var (left, right) = Sides(store, ImageReference.Parse(call.Get(Before)), call.Get(After));
        var (a, b) = (new TreeFacts(call.Runner, left.Tree), new TreeFacts(call.Runner, right.Tree));
        var (before, after) = (a.Packages(), b.Packages());
        var diff = new ImageDifference(
            left.Name, right.Name, [.. new TreeDiff().Between(left.Tree, right.Tree)],
            before.Why is null && after.Why is null ? PackageSet.Between(before.Packages, after.Packages) : [],
            [.. new[] { before.Why, after.Why }.OfType<string>().Distinct()], a.Kernels(), b.Kernels());
        if (call.Json)
        {
            JsonOutput.Print(DiffOutput.Json(diff, call.Get(Files)));
        }
        else
        {
            DiffOutput.Print(diff, call.Get(Files));
        }

        return diff.Changes.Count == 0 ? ExitCode.Ok : ExitCode.Differences;
    }

    private static ((string Name, string Tree) Left, (string Name, string Tree) Right) Sides(ImageStore store, ImageReference a, string b)
    {
        if (b.Length > 0)
        {
            return (Side(store, a), Side(store, ImageReference.Parse(b)));
        }

        if (store.HasWorkTree(a.Name) && !a.IsWork)
        {
            return (Side(store, a), Side(store, new(a.Name, ImageReference.Work)));
        }

        var now = a.IsWork ? store.Current(a.Name) : store.Resolve(a);
        var older = Generations.Before(store.GenerationsOf(a.Name), now)
            ?? throw UserError.Refused($"nothing to compare {a} with: it has no work tree and no older generation", "name two: allie image diff A B");
        return (Side(store, new(a.Name, $"{older}")), Side(store, a));
    }

    private static (string Name, string Tree) Side(ImageStore store, ImageReference side)
    {
        ImageCommands.Known(store, side.Name);
        if (side.IsWork)
        {
            return store.HasWorkTree(side.Name)
                ? (side.ToString(), store.WorkTree(side.Name))
                : throw UserError.Refused($"image {side.Name} has no work tree", $"make one: allie image edit {side.Name}");
        }

        var generation = store.Resolve(side);
        return ($"{side.Name}@{generation}", store.TreeOf(side.Name, generation));
    }
}
