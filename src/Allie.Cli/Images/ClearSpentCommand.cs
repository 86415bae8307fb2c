using System.CommandLine;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Images;

namespace Allie.Cli.Images;

/// <summary>Started by publish and seen by nobody: removes the work trees that have become generations.</summary>
internal static class ClearSpentCommand
{
    private const string Name = "clear-spent";
    private static readonly Argument<string> Image = new("NAME");

    internal static Command Make(Verbs verbs)
    {
        var command = verbs.Read(Name, "For publish", Run, Image);
        command.Hidden = true;
        return command;
    }

    /// <summary>In the background where it takes long, else at once.</summary>
    internal static void Clear(Invocation call, ImageStore store, string image, int paths)
    {
        if (paths < SpentTrees.WorthAProcess || Environment.ProcessPath is not { } program)
        {
            new SpentTrees(store, image).Clear();
            return;
        }

        string[] config = call.NamedConfig is { } named ? ["--config", Path.GetFullPath(named)] : [];
        SpentTrees.ClearLater(call.Runner, [program, "image", Name, image, .. config]);
    }

    private static int Run(Invocation call)
    {
        var image = ImageName.Check(call.Get(Image));
        var store = new ImageStore(call.Server.Images);
        store.Require();
        using var held = FileLock.Take($"/run/allie/spent-{image}.lock", $"the removal of work trees of {image}");
        new SpentTrees(store, image).Clear();
        return ExitCode.Ok;
    }
}
