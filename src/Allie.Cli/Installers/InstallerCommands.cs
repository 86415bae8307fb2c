using System.CommandLine;
using Allie.Cli.Shared;

namespace Allie.Cli.Installers;

internal static class InstallerCommands
{
    internal static Command[] All(Verbs verbs) => [KickstartCommand.Make(verbs), BootLineCommand.Make(verbs), BootstrapCommand.Make(verbs)];
}
