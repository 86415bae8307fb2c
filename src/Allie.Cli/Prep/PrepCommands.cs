using System.CommandLine;
using Allie.Cli.Shared;

namespace Allie.Cli.Prep;

internal static class PrepCommands
{
    internal static Command[] All(Verbs verbs) => [];
}
