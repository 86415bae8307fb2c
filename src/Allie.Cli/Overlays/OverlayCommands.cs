using System.CommandLine;
using System.Runtime.CompilerServices;
using Allie.Cli.Output;
using Allie.Cli.Overlays.Server;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Images;
using Allie.Linux.Overlays;
using Allie.Overlays;
using Allie.Plans;

namespace Allie.Cli.Overlays;

internal static class OverlayCommands
{
    private static readonly Argument<string> Image = new("IMAGE") { Description = "The image that the overlay is for" };

    private static readonly Option<string?> Address = new("--server")
    {
        Description = "Address under which PCs reach this server (default: [rsyncd] address, or this host's name)", HelpName = "ADDRESS",
    };

    private static readonly Argument<string> Old = new("OLD") { Description = "The image that PCs run now" };

    private static readonly Option<string> New = new("--image") { Description = "The image that they are to get", HelpName = "NEW", Required = true };

    private static readonly Option<int> Number = new("--number")
    {
        Description = "Where the script stands among the others of /root/conf", HelpName = "NN", DefaultValueFactory = _ => 50,
    };

    internal static Command[] All(Verbs verbs) =>
    [
        verbs.Change("new", "Make the overlay of an image, with all that its PCs need to look after themselves", Make, Image, Address),
        verbs.Change("add-prep", "Have PCs that run one image put another into a spare slot (NNprepNEW)", AddPrep, Old, New, Number),
        .. ServerVerbs.All(verbs),
    ];

    private static int Make(Invocation call)
    {
        var settings = call.Server;
        var server = call.Get(Address) ?? (settings.RsyncdAddress.Length > 0 ? settings.RsyncdAddress : Environment.MachineName);
        if (server.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or ':' or '_')))
        {
            throw UserError.Refused($"'{server}' is no host name or address", "name it: --server ADDRESS");
        }

        using var store = new OverlayStore(settings.Overlays);
        return Carry(call, store, OverlayStarter.New(call.Get(Image), server, settings.RsyncdPort), $"overlay of {call.Get(Image)} made; its PCs will ask {server}");
    }

    private static int AddPrep(Invocation call)
    {
        var (old, image) = (call.Get(Old), call.Get(New)!);
        using var store = new OverlayStore(call.Server.Overlays);
        var step = OverlayStarter.Prep(old, image, call.Get(Number));
        if (!store.Has(old))
        {
            throw UserError.Refused($"image {old} has no overlay in {call.Server.Overlays}", $"make it: allie overlay new {old}");
        }

        if (!Directory.Exists(Path.Combine(call.Server.Images, ImageName.Check(image))))
        {
            throw UserError.Refused($"image {image} is not published on this server", $"allie image list shows them; allie image publish {image} makes it the one that PCs get");
        }

        StarterStep[] directories = [.. OverlayStarter.New(old, "", 0).Where(s => s.IsDirectory && step.Path.IsAtOrBelow(s.Path))];
        return Carry(call, store, [.. directories, step], $"PCs that run {old} will put {image} into a spare slot at their next hourly run");
    }

    private static int Carry(Invocation call, OverlayStore store, IReadOnlyList<StarterStep> steps, string done)
    {
        var (missing, kept) = store.Compare(steps);
        if (missing.Any(s => s.Action == "copy") && RuntimeFeature.IsDynamicCodeSupported)
        {
            throw UserError.Refused(
                "this allie needs .NET to run, which PCs do not have; it cannot be put into an overlay", "build the static one: ./build.sh publish, then run out/allie");
        }

        var notes = kept.Select(k => $"{store.Show(k)} is there already and stays as it is").ToList();
        return call.Carry(new Plan<StarterStep>(missing, notes), () => store.Carry(missing, Environment.ProcessPath!), done);
    }
}
