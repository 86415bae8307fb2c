using System.CommandLine;
using Allie.Blandify;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Images;
using Allie.Linux.Blandify;
using Allie.Linux.Files;
using Allie.Linux.Images;

namespace Allie.Cli.Blandify;

/// <summary>Step 6: take out what is one PC's own.</summary>
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

    internal static Command[] All(Verbs verbs) =>
        [verbs.Change("blandify", "Remove what is one PC's own from an image's work tree (founding name: blandify)", Run, [Image, Tree, Label, .. RuleChoice.Symbols])];

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

        return call.Get(Tree) is { } directory ? OnTree(call, directory) : OnImage(call, ImageName.Check(name));
    }

    private static int OnImage(Invocation call, string image)
    {
        var store = new ImageStore(call.Server.Images);
        store.Require();
        if (!store.HasWorkTree(image))
        {
            throw UserError.Refused($"cannot blandify {image}: it has no work tree", $"run: allie image capture PC {image}");
        }

        using var held = call.DryRun ? null : store.Lock(image);
        return Work(call, store.WorkTree(image), call.Get(Label) ?? image);
    }

    private static int OnTree(Invocation call, string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw UserError.Refused($"cannot blandify {directory}: it is no directory");
        }

        if (Path.GetFullPath(directory) == "/")
        {
            throw UserError.Refused("cannot blandify /: it is the running system", "name the tree of an image");
        }

        return Work(call, directory, call.Get(Label) ?? TreeLabel.Of(directory));
    }

    private static int Work(Invocation call, string directory, string label)
    {
        using var root = ImageRoot.Open(directory);
        var plan = RuleSet.Plan(new ImageTreeView(root), RuleChoice.Of(call, label, root));
        if (!call.DryRun)
        {
            TreeChanger.Apply(root, plan.Steps);
        }

        BlandifyOutput.Print(call, plan);
        return call.DryRun && !plan.IsEmpty ? ExitCode.Differences : ExitCode.Ok;
    }
}
