using System.CommandLine;
using Allie.Cli.Shared;

namespace Allie.Cli.Fleet;

internal static class ServerCommands
{
    internal static Command[] All(Verbs verbs) => [];
}
