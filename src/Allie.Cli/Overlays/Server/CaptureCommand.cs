using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Overlays.Store;
using Allie.Overlays.Layers;
using Allie.Plans;

namespace Allie.Cli.Overlays.Server;

internal static class CaptureCommand
{
    private static readonly Argument<string[]> Paths = new("PATH") { Description = "Files of the image, such as /etc/motd", Arity = ArgumentArity.OneOrMore };

    private static readonly Option<string?> Layer = new("--layer") { Description = "The layer that they go to (default: the image's own)", HelpName = "LAYER" };

    private static readonly Option<string?> Root = new("--root") { Description = "Take them from the root at this directory", HelpName = "ROOT" };

    private static readonly Option<string?> Image = new("--image") { Description = "Take them from a published image", HelpName = "I" };

    internal static Command Make(Verbs verbs) =>
        verbs.Change("capture", "Take files of an image or a root into a layer, with mode and owner", Run, Paths, Layer, Image, Root);

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("overlay capture");
        if (call.Get(Image) is null == call.Get(Root) is null)
        {
            throw UserError.Refused("where from?", "--image IMAGE, or --root DIRECTORY (/ for this machine)");
        }

        using var trees = new ServerTrees(call.Server);
        using var other = call.Get(Root) is { } directory ? ImageRoot.Open(Path.GetFullPath(directory)) : null;
        var image = other ?? trees.Image(call.Get(Image)!) ?? throw UserError.Refused($"image {call.Get(Image)} is not published on this server", "allie image list shows them");
        var name = call.Get(Layer) ?? call.Get(Image) ?? Stamp(image);
        var layer = trees.Open([name]) is [var one] && trees.Layers().Contains(name)
            ? one.Root : throw UserError.Refused($"there is no layer {name} in {call.Server.Overlays}", "make its directory, or allie overlay new IMAGE");
        var capture = new LayerCapture(image, layer);
        var plan = capture.Plan(call.Get(Paths));
        if (LayerCapture.Overwrites(plan))
        {
            Prompt.Confirm(call, $"replace {Counted.Of(plan.Steps.Count(s => s.Action == "replace"), "file")} of layer {name}?");
        }

        return call.Carry(plan, () => capture.Carry(call.Get(Paths)), $"captured into layer {name}: {Counted.Of(plan.Steps.Count(s => s.Action != "make-directory"), "file")}");
    }

    private static string Stamp(ImageRoot root)
    {
        var path = ImagePath.Of(ImageStamp.Path);
        return ImageStamp.Parse(root.TryReadText(path) ?? throw UserError.Refused($"cannot tell which image is at {root.HostPath}: there is no {root.Show(path)}", "name the layer: --layer LAYER"), root.Show(path)).Name;
    }
}
