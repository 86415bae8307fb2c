using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Images;
using Allie.Linux.Images;
using Allie.Linux.Mounts;
using Allie.Plans;

namespace Allie.Cli.Images;

/// <summary>A shell, or one command, in a work tree.</summary>
internal static class EditCommand
{
    private static readonly Argument<string> Image = new("NAME") { Description = "The image; NAME@GEN starts from that generation instead of current" };
    private static readonly Argument<string[]> Words = new("COMMAND") { Description = "After --: the command to run in there (default: a shell)", Arity = ArgumentArity.ZeroOrMore };

    internal static Command Make(Verbs verbs) =>
        verbs.Change("edit", "Work in a copy of the image (chroot): install packages, change files; PCs see it after publish", Run, Image, Words);

    private static int Run(Invocation call)
    {
        var store = ImageCommands.Store(call, "image edit");
        var what = ImageReference.Parse(call.Get(Image));
        var image = ImageCommands.Known(store, what.Name);
        var words = call.Get(Words);
        var copy = !store.HasWorkTree(image);
        var steps = new List<PlainStep>();
        if (copy)
        {
            steps.Add(new("copy", store.WorkTree(image), $"of generation {store.Resolve(what)}"));
        }
        else if (what.At is not (null or ImageReference.Work))
        {
            throw UserError.Refused($"cannot edit {what}: there is a work tree already, {store.WorkTree(image)}", $"go on with it: allie image edit {image}; or publish it, or remove it, first");
        }

        steps.Add(new("run", words.Length > 0 ? string.Join(' ', words) : "a shell", $"in {store.WorkTree(image)}"));
        if (call.DryRun)
        {
            return call.Carry(new Plan<PlainStep>(steps), () => { });
        }

        MountNamespace.Enter(); // starts the program anew: nothing may be held yet
        using var held = store.Lock(image);
        if (copy)
        {
            Screen.Say($"copying generation {store.Resolve(what)} of {image} to {store.WorkTree(image)} ...");
            new WorkCopy(call.Runner, store, image).Make(store.Resolve(what));
        }
        else if (store.Capture(image) is { IsComplete: false } capture)
        {
            throw UserError.Refused($"cannot edit {image}: its capture from {capture.From} is not complete", $"run: allie image capture {capture.From} {image}");
        }

        using var room = new EditRoom(store.WorkTree(image));
        room.Furnish();
        if (call.Json)
        {
            PlanOutput.Print(call, new Plan<PlainStep>(steps), "changed");
        }
        else if (words.Length == 0)
        {
            Screen.Say($"this is a copy of {image}; exit leaves it; then: allie image diff {image}, allie image publish {image}");
        }

        room.Become(words); // the lock goes with the command, as the descriptor is inherited
        return ExitCode.Ok;
    }
}
