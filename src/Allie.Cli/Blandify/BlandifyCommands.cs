using System.CommandLine;
using Allie.Blandify;
using Allie.Blandify.Rules.Initramfs;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Images;
using Allie.Linux.Blandify;
using Allie.Linux.Blandify.Hooks;
using Allie.Linux.Mounts;
using Allie.Plans;

namespace Allie.Cli.Blandify;

/// <summary>Step 6: take out what is one PC's own, and name what of it is left.</summary>
internal static class BlandifyCommands
{
    private static readonly Argument<string> Image = new("NAME")
    {
        Description = "The image whose work tree is meant", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "",
    };

    private static readonly Option<string?> Tree = new("--tree") { Description = "Any directory with a system's tree, instead of an image", HelpName = "DIR" };

    private static readonly Option<string?> Label = new("--label")
    {
        Description = "File-system label that PCs will have (default: the image's name; with --tree that of its stamp, or the directory's)", HelpName = "LABEL",
    };

    private static readonly Option<bool> Undo = new("--undo") { Description = "Put the tree back as it was before the first blandify (-y: also what was changed since)" };

    private static readonly Option<string[]> Accept = new("--accept")
    {
        Description = "Note that these leaks of the image may stay, in accept.d/NAME.toml beside server.toml", HelpName = "PATH", AllowMultipleArgumentsPerToken = true,
    };

    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Change(
            "blandify", "Remove what is one PC's own from an image's work tree, and name what is left: exit 3 (founding name: blandify)", Run, [Image, Tree, Label, Undo, Accept, .. RuleChoice.Symbols]),
    ];

    private static int Run(Invocation call)
    {
        if (call.Get(RuleChoice.List))
        {
            return RuleChoice.Show(call);
        }

        Invocation.RequireRoot("image blandify");
        var name = call.Get(Image);
        if ((name.Length > 0) == (call.Get(Tree) is not null))
        {
            throw UserError.Refused("blandify what: name an image, or a directory with --tree, and not both");
        }

        if (call.Get(Accept) is { Length: > 0 } paths)
        {
            return AcceptLeaks(call, name, paths);
        }

        var hooks = call.Get(Undo) || !RuleSet.RunsHooks(RuleChoice.Of(call, "image", null)) ? [] : Hook.In(RuleChoice.SiteDirectory(call));
        if (hooks.Count > 0)
        {
            MountNamespace.Enter(); // starts the program anew: nothing may be held yet
        }

        using var place = call.Get(Tree) is { } directory ? BlandifyPlace.OfDirectory(call, directory) : BlandifyPlace.OfImage(call, ImageName.Check(name));
        if (call.Get(Undo))
        {
            return GiveBack(call, place);
        }

        var label = call.Get(Label) ?? (name.Length > 0 ? name : TreeLabel.Of(place.Root.HostPath));
        var run = new BlandifyRun(place.Root, place.State, RuleChoice.Of(call, label, place.Root), call.Runner) { Hooks = hooks };
        var result = call.DryRun ? run.Look() : run.Carry();
        var accepted = place.Accepted.WithRebuilt(MarkAfter(place, result));
        BlandifyOutput.Print(call, result, accepted);
        return (call.DryRun && result.Changes.Count > 0) || result.Leaks.Standing(accepted).Count > 0 ? ExitCode.Differences : ExitCode.Ok;
    }

    /// <summary>What the run leaves there, or would.</summary>
    private static string? MarkAfter(BlandifyPlace place, BlandifyResult result) =>
        result.Changes.LastOrDefault(c => c.Path == InitramfsMark.File) is { } change ? change.After : place.Root.TryReadText(InitramfsMark.File);

    private static int AcceptLeaks(Invocation call, string name, string[] paths)
    {
        if (name.Length == 0 || call.Get(Undo))
        {
            throw UserError.Refused("--accept is for an image, alone", "allie image blandify NAME --accept PATH...");
        }

        var before = AcceptLists.Read(call, ImageName.Check(name));
        var after = before.With(paths);
        var plan = new Plan<PlainStep>([.. after.Paths.Except(before.Paths).Select(p => new PlainStep("accept", p, $"for image {name}, in {AcceptLists.FileOf(call, name)}"))]);
        return call.Carry(plan, () => AcceptLists.Write(call, name, after), $"{name}: {Counted.Of(after.Paths.Count, "accepted path")}, see {AcceptLists.FileOf(call, name)}");
    }

    private static int GiveBack(Invocation call, BlandifyPlace place)
    {
        if (!place.State.CanUndo)
        {
            throw UserError.Refused($"cannot undo blandify of {place.Name}: nothing of it is recorded", "the record goes when an image is published or captured again");
        }

        var plan = new Plan<PlainStep>([.. place.State.Journal.Paths().Select(p => new PlainStep("restore", p.ToString(), "as it was before blandify"))]);
        return call.Carry(plan, () =>
        {
            var left = place.State.Journal.Undo(call.Yes);
            if (left.Count > 0)
            {
                throw new UserError(
                    $"cannot undo blandify of {place.Name} as a whole: {left.Count} paths were changed since and stay, {left[0]} first", "look at them; with -y they go back too, and that change is lost");
            }

            place.State.Forget();
        }, $"{place.Name}: as it was before blandify");
    }
}
