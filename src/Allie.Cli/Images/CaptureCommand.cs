using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Images;
using Allie.Images.Offer;
using Allie.Linux.Images;
using Allie.Linux.Images.Offer;
using Allie.Plans;

namespace Allie.Cli.Images;

/// <summary>Step 5: fetch what a golden PC offers.</summary>
internal static class CaptureCommand
{
    private const string OtherWays = "give it by --password-file FILE or in the environment as RSYNC_PASSWORD; allie offer prints it on the PC";

    private static readonly Argument<string> Pc = new("PC") { Description = "The PC that offers, by name or address; with --ssh: USER@PC" };
    private static readonly Argument<string> Image = new("NAME") { Description = "The image's name, up to 12 characters" };
    private static readonly Option<int?> Port = new("--port") { Description = "Port of the offer (default: offer.port of server.toml, 873)", HelpName = "N" };

    private static readonly Option<string?> Password = new("--password-file")
    {
        Description = "File with the offer's password (else: RSYNC_PASSWORD, or asked for)", HelpName = "FILE",
    };

    private static readonly Option<bool> Ssh = new("--ssh") { Description = "Nothing is offered: read the PC over ssh (RSYNC_RSH: another command than ssh)" };

    private static readonly Option<string> Root = new("--root")
    {
        Description = "With --ssh: a device of the PC, or a directory (default: its running system)", HelpName = "DEVICE-OR-DIR", DefaultValueFactory = _ => "/",
    };

    internal static Command Make(Verbs verbs) =>
        verbs.Change("capture", "Fetch what a PC offers into an image's work tree (founding name: rsync-newdistro-client)", Run, Pc, Image, Port, Password, Ssh, Root);

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("image capture");
        var image = ImageName.Check(call.Get(Image));
        var store = new ImageStore(call.Server.Images);
        store.Require();
        using var held = call.DryRun ? null : store.Lock(image);
        using var password = call.Get(Ssh) ? null : PasswordFile.Write(store.WorkDirectory, $".{image}.password", Secret(call));
        var source = password is null ? BySsh(call) : CaptureSource.Of(call.Get(Pc), call.Get(Port) ?? call.Server.OfferPort, password.Path);
        var capture = new Capture(call.Runner, store, image, source);
        capture.Look();
        if (capture.ReplacesOther)
        {
            Prompt.Confirm(call, $"{store.WorkTree(image)} holds a tree that was not captured from {source.Host}; write over it?");
        }

        var plan = new Plan<PlainStep>([new("fetch", store.WorkTree(image), source.Ssh is { } ssh ? $"{ssh.Root} of {ssh.Login}" : $"offered by {source.Host} on port {source.Port}")]);
        return call.Carry(
            plan,
            () => Fetch(capture, source, image),
            $"{image}: captured from {source.Host}; next: allie image blandify {image}");
    }

    private static void Fetch(Capture capture, CaptureSource source, string image)
    {
        Screen.Transfer($"capture {source.Host} as {image}", progress => capture.Fetch(DateTime.UtcNow, progress));
        if (capture.Moving.Count > 0)
        {
            Screen.Say($"allie: {Counted.Of(capture.Moving.Count, "path")} changed while they were read, {capture.Moving[0]} first; stop what writes there, or capture again");
        }

        if (source.Ssh is not null)
        {
            return;
        }

        try
        {
            capture.TellFinished();
        }
        catch (UserError e)
        {
            Screen.Say($"allie: the image is complete, but the offer may still run: {e.Message}");
        }
    }

    private static CaptureSource BySsh(Invocation call)
    {
        var shell = Environment.GetEnvironmentVariable("RSYNC_RSH") is { Length: > 0 } given ? given : SshSource.DefaultShell + (call.Get(Port) is { } port ? $" -p {port}" : "");
        var asked = new SshSource(call.Get(Pc), SshSource.CheckRoot(call.Get(Root)!), shell);
        CaptureSource.Of(asked); // before anything is done with the name
        var (source, leftOut) = new SshLook(call.Runner).Look(asked);
        if (source.IsAlive)
        {
            Screen.Say($"{source.Host} runs this system: {(source.Parts.Count > 0 ? $"/ and {string.Join(", ", source.Parts)} are captured" : "/ is captured")}"
                + (leftOut.Count > 0 ? $"; left out: {string.Join(", ", leftOut)}" : ""));
        }

        return CaptureSource.Of(source);
    }

    private static string Secret(Invocation call)
    {
        if (call.Get(Password) is { } file)
        {
            return File.Exists(file) ? File.ReadAllText(file) : throw UserError.Refused($"cannot read password file {file}: it does not exist");
        }

        return Environment.GetEnvironmentVariable("RSYNC_PASSWORD") is { Length: > 0 } given ? given : SecretPrompt.Ask("Password of the offer", OtherWays);
    }
}
