using System.CommandLine;
using Allie.Cli.Shared;

namespace Allie.Cli.Overlays.Server;

/// <summary>What a server's administrator asks about overlays.</summary>
internal static class ServerVerbs
{
    internal static Command[] All(Verbs verbs) =>
        [.. LookCommands.All(verbs), .. PathCommands.All(verbs), LintCommand.Make(verbs), CaptureCommand.Make(verbs), .. HoldCommands.All(verbs)];
}
