using System.CommandLine;
using Allie.Cli.Shared;

namespace Allie.Cli.Images;

internal static class ImageCommands
{
    internal static Command[] All(Verbs verbs) => [CaptureCommand.Make(verbs), PublishCommand.Make(verbs), ListCommand.Make(verbs)];
}
