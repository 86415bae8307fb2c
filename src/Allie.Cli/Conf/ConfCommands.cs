using System.CommandLine;
using Allie.Cli.Shared;

namespace Allie.Cli.Conf;

internal static class ConfCommands
{
    internal static Command[] All(Verbs verbs) =>
        [verbs.Change("run", "Run the scripts of /root/conf in order (run-conf)", ConfRunCommand.Run)];

    internal static Command[] Hourly(Verbs verbs) =>
        [verbs.Change("imageconf", "Apply overlays to every image on this PC, then run the active one's scripts (hourly)", ImageconfCommand.Run, ImageconfCommand.SplayOption),
         SlotApplyCommand.Make(verbs)];
}
