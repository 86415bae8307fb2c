using System.CommandLine;
using Allie.Cli.Shared;

namespace Allie.Cli.Images;

internal static class FetchCommands
{
    internal static Command[] All(Verbs verbs) => [];
}
