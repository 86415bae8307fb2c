using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Images;
using Allie.Images.Fetch;
using Allie.Linux.Files;
using Allie.Linux.Images.Fetch;
using Allie.Plans;

namespace Allie.Cli.Images;

/// <summary>`image fetch`, the founding document's rsync-image.</summary>
internal static class FetchCommands
{
    private static readonly Argument<string> Image = new("IMAGE") { Description = "Name of an image on the server" };
    private static readonly Argument<string> Target = new("TARGETDIR") { Description = "An empty, mounted file system: a slot of this PC" };

    internal static Command[] All(Verbs verbs) =>
        [verbs.Change("fetch", "Fetch an image from the server into a directory (rsync-image)", Fetch, Image, Target)];

    private static int Fetch(Invocation call)
    {
        Invocation.RequireRoot("image fetch");
        var image = ImageName.Check(call.Get(Image));
        var source = Source(call, image);
        using var target = FetchTarget.Open(call.Get(Target), image);
        var look = source.Look();
        var step = new PlainStep("fetch", target.Path, $"{image} generation {look.Stamp.Generation} from {source.Server}{(target.Resumed ? "; an earlier fetch was cut short" : "")}");
        return call.Carry(new Plan<PlainStep>([step]), () => Run(call, source, target, look), $"{target.Path} holds {image} generation {look.Stamp.Generation}");
    }

    /// <exception cref="UserError">Exit 2: the settings name no server.</exception>
    internal static ImageSource Source(Invocation call, string image)
    {
        var pc = call.Pc;
        return pc.ServerAddress.Length > 0
            ? new(call.RsyncWith(TimeSpan.FromSeconds(Math.Max(pc.ServerPatience, 1))), call.Connection.Link.Url, pc.ServerAddress, pc.ServerPort, image, pc.Run)
            : throw UserError.Refused("no server is set", $"write into {Config.PcSettings.DefaultFile}: [server] and below it address = \"...\"");
    }

    private static void Run(Invocation call, ImageSource source, FetchTarget target, ImageLook look)
    {
        var name = target.Path.Trim('/').Replace('/', '-');
        using var held = FileLock.Take(Path.Combine(call.Pc.Run, $"fetch-{name}.lock"), target.Path, inherited: true);
        target.Begin(look.Stamp.Name);
        source.Fetch(look, target.Path, target.Resumed ? FetchStart.Other : FetchStart.Empty, Screen.Transfer);
        target.End();
    }
}
