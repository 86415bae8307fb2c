using System.CommandLine;
using Allie.Cli.Shared;
using Allie.Images;
using Allie.Linux.Images;

namespace Allie.Cli.Images;

internal static class ImageCommands
{
    internal static Command[] All(Verbs verbs) =>
    [
        CaptureCommand.Make(verbs), ImportCommand.Make(verbs), EditCommand.Make(verbs), PublishCommand.Make(verbs), ClearSpentCommand.Make(verbs), ListCommand.Make(verbs), ShowCommand.Make(verbs), DiffCommand.Make(verbs), VerifyCommand.Make(verbs),
        .. GenerationCommands.All(verbs), .. HoldCommands.All(verbs), .. RemovalCommands.All(verbs),
    ];

    /// <summary>The store of a server that has one.</summary>
    /// <exception cref="Errors.UserError">Exit 2: not root, or no store.</exception>
    internal static ImageStore Store(Invocation call, string verb)
    {
        Invocation.RequireRoot(verb);
        var store = new ImageStore(call.Server.Images);
        store.Require();
        return store;
    }

    /// <exception cref="Errors.UserError">Exit 2: no such image.</exception>
    internal static string Known(ImageStore store, string name) => store.Names().Contains(ImageName.Check(name))
        ? name
        : throw Errors.UserError.Refused($"there is no image '{name}'", "allie image list shows what there is");
}
