using System.CommandLine;
using Allie.Cli.Shared;

namespace Allie.Cli.Overlays;

/// <summary>What a PC's administrator types about overlays, beside apply.</summary>
internal static class PcCommands
{
    internal static Command[] All(Verbs verbs) => [.. DiffCommands.All(verbs), UndoCommand.Make(verbs), .. DisableCommands.All(verbs), SelfTestCommand.Make(verbs)];
}
