using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Images;
using Allie.Linux.Images;
using Allie.Plans;

namespace Allie.Cli.Images;

/// <summary>Step 5: fetch what a golden PC offers.</summary>
internal static class CaptureCommand
{
    private const string OtherWays = "give it by --password-file FILE or in the environment as RSYNC_PASSWORD; allie offer prints it on the PC";

    private static readonly Argument<string> Pc = new("PC") { Description = "The PC that offers: name or address" };
    private static readonly Argument<string> Image = new("NAME") { Description = "The image's name, up to 12 characters" };
    private static readonly Option<int?> Port = new("--port") { Description = "Port of the offer (default: offer.port of server.toml, 873)", HelpName = "N" };

    private static readonly Option<string?> Password = new("--password-file")
    {
        Description = "File with the offer's password (else: RSYNC_PASSWORD, or asked for)", HelpName = "FILE",
    };

    internal static Command Make(Verbs verbs) =>
        verbs.Change("capture", "Fetch what a PC offers into an image's work tree (founding name: rsync-newdistro-client)", Run, Pc, Image, Port, Password);

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("image capture");
        var image = ImageName.Check(call.Get(Image));
        var store = new ImageStore(call.Server.Images);
        store.Require();
        using var held = call.DryRun ? null : store.Lock(image);
        using var password = PasswordFile.Write(store.WorkDirectory, $".{image}.password", Secret(call));
        var source = CaptureSource.Of(call.Get(Pc), call.Get(Port) ?? call.Server.OfferPort, password.Path);
        var capture = new Capture(call.Runner, store, image, source);
        capture.Look();
        if (capture.ReplacesOther)
        {
            Prompt.Confirm(call, $"{store.WorkTree(image)} holds a tree that was not captured from {source.Host}; write over it?");
        }

        var plan = new Plan<PlainStep>([new("fetch", store.WorkTree(image), $"offered by {source.Host} on port {source.Port}")]);
        return call.Carry(
            plan,
            () => Fetch(capture, source, image),
            $"{image}: captured from {source.Host}; next: allie image blandify {image}");
    }

    private static void Fetch(Capture capture, CaptureSource source, string image)
    {
        Screen.Transfer($"capture {source.Host} as {image}", progress => capture.Fetch(DateTime.UtcNow, progress));
        try
        {
            capture.TellFinished();
        }
        catch (UserError e)
        {
            Screen.Say($"allie: the image is complete, but the offer may still run: {e.Message}");
        }
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
