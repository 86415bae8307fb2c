using System.CommandLine;
using Allie.Cli.Shared;

namespace Allie.Cli.Images;

internal static class OfferCommands
{
    internal static Command[] All(Verbs verbs) => [];
}
