using System.CommandLine;
using Allie.Cli.Shared;

namespace Allie.Cli.Overlays;

internal static class OverlayCommands
{
    internal static Command[] All(Verbs verbs) => [];
}
