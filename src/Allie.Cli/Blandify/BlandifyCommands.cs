using System.CommandLine;
using Allie.Cli.Shared;

namespace Allie.Cli.Blandify;

internal static class BlandifyCommands
{
    internal static Command[] All(Verbs verbs) => [];
}
