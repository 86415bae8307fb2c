using System.CommandLine;
using Allie.Cli.Shared;

namespace Allie.Cli.Slots;

internal static class SlotCommands
{
    internal static Command[] All(Verbs verbs) => [];
}
