using System.CommandLine;
using Allie.Cli.Shared;

namespace Allie.Cli.Conf;

internal static class ConfCommands
{
    internal static Command[] All(Verbs verbs) => [];

    internal static Command[] Hourly(Verbs verbs) => [];
}
