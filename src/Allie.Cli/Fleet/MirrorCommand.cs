using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Fleet;
using Allie.Images.Offer;
using Allie.Linux.Fleet;
using Allie.Linux.Images;
using Allie.Linux.Overlays.Layers;
using Allie.Linux.Rsync;

namespace Allie.Cli.Fleet;

/// <summary>A second server.</summary>
internal static class MirrorCommand
{
    private static readonly Argument<string> From = new("FROM")
    {
        Description = "The other server's store: USER@SERVER[:/srv/allie] by ssh, rsync://SERVER/MODULE, or a directory",
    };

    internal static Command Make(Verbs verbs) =>
        verbs.Change("mirror", "Fetch another server's generations and overlays; each is checked, then switched; nothing is removed here", Run, From);

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("server mirror");
        new ImageStore(call.Server.Images).Require();
        var shell = Environment.GetEnvironmentVariable("RSYNC_RSH") is { Length: > 0 } given ? given : SshSource.DefaultShell;
        using var mirror = new Mirror(new RsyncRunner(call.Runner), call.Server, MirrorSource.Parse(call.Get(From), shell));
        var plan = mirror.Look();
        return call.Carry(plan, () => mirror.Carry(plan, Screen.Transfer), $"this server has what {call.Get(From)} has; when an image is new here: allie server conf");
    }
}
