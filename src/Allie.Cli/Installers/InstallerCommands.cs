using System.CommandLine;
using Allie.Cli.Installers.Bootstrap;
using Allie.Cli.Shared;

namespace Allie.Cli.Installers;

internal static class InstallerCommands
{
    internal static Command[] All(Verbs verbs) => 
    [
        KickstartCommand.Make(verbs), PreseedCommand.Make(verbs), AutoinstallCommand.Make(verbs), LintCommand.Make(verbs), BootLineCommand.Make(verbs),
        ServeCommand.Make(verbs), UsbCommand.Make(verbs), BootEntryCommand.Make(verbs), BootstrapCommand.Make(verbs),
    ];
}
