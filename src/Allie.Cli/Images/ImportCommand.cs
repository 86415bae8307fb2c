using System.CommandLine;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Images;
using Allie.Linux.Images;
using Allie.Plans;

namespace Allie.Cli.Images;

/// <summary>An image from elsewhere than a golden PC.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string> Image = new("NAME") { Description = "The image's name, up to 12 characters" };
    private static readonly Option<string> From = new("--from") { Description = "A directory, a tar (also .gz .xz .zst), or an OCI layout directory or archive", HelpName = "PATH", Required = true };

    internal static Command Make(Verbs verbs) => verbs.Change("import", "Make a directory, a tar or an OCI image an image's work tree", Run, Image, From);

    private static int Run(Invocation call)
    {
        var store = ImageCommands.Store(call, "image import");
        var image = ImageName.Check(call.Get(Image));
        using var held = call.DryRun ? null : store.Lock(image);
        var import = new Import(call.Runner, store, image, call.Get(From)!);
        var kind = import.Kind();
        if (store.HasWorkTree(image))
        {
            Prompt.Confirm(call, $"{store.WorkTree(image)} holds a work tree; replace it?");
        }

        var what = kind switch { ImportKind.OciLayout => "OCI layout", ImportKind.Tar => "archive", _ => "directory" };
        var plan = new Plan<PlainStep>([new("import", store.WorkTree(image), $"{what} {call.Get(From)}")]);
        return call.Carry(plan, () =>
        {
            Screen.Say($"importing {what} {call.Get(From)} ...");
            import.Run(kind, DateTime.UtcNow);
            foreach (var note in import.Notes.Distinct())
            {
                Screen.Say("allie: " + note);
            }
        }, $"{image}: imported; next: allie image blandify {image}");
    }
}
