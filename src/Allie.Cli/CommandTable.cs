using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using Allie.Cli.Blandify;
using Allie.Cli.Boot;
using Allie.Cli.Conf;
using Allie.Cli.Fleet;
using Allie.Cli.Help;
using Allie.Cli.Images;
using Allie.Cli.Installers;
using Allie.Cli.Overlays;
using Allie.Cli.Personalise;
using Allie.Cli.Prep;
using Allie.Cli.Shared;
using Allie.Cli.Slots;

namespace Allie.Cli;

/// <summary>
/// The one table of commands: parser, help, man pages and completions come from it. Each subject folder adds its own; the top-level
/// verbs of the ten steps are marked with their founding name in the description.
/// </summary>
internal static class CommandTable
{
    internal static string Version { get; } =
        typeof(CommandTable).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    internal static Command Build(CancellationToken interrupted)
    {
        var verbs = new Verbs(interrupted);

        // No RootCommand: that takes the name the program was called by, and a link called imageconf would be its own verb's twin.
        var root = new Command("allie", "ALLiE installs, updates and configures a cluster of Linux PCs from file-tree images and small overlays.")
        {
            new HelpOption { Recursive = true }, new VersionOption(),
        };
        Command[] all =
        [
            Verbs.Noun("installer", "Install a new distribution onto one spare partition (steps 1 to 3)", InstallerCommands.All(verbs)),
            .. OfferCommands.All(verbs),
            Verbs.Noun("image", "The server's images, and fetching them (steps 5 and 6)",
                [.. ImageCommands.All(verbs), .. BlandifyCommands.All(verbs), .. FetchCommands.All(verbs)]),
            Verbs.Noun("overlay", "Files that add to or replace an image's (step 7)", OverlayCommands.All(verbs)),
            Verbs.Noun("host", "The PCs: the hosts file, and their keys", HostCommands.All(verbs)),
            EnrolCommands.OnPc(verbs),
            ReportCommand.Make(verbs),
            Verbs.Noun("server", "Set up the server and what it serves (step 8)", ServerCommands.All(verbs)),
            .. PrepCommands.All(verbs),
            .. PersonaliseCommands.All(verbs),
            Verbs.Noun("slot", "The places on this PC that can hold an image", [.. SlotCommands.All(verbs), .. BootCommands.OfSlot(verbs)]),
            .. BootCommands.All(verbs),
            .. ApplyCommands.All(verbs),
            .. PcCommands.All(verbs),
            Verbs.Noun("conf", "The scripts of /root/conf", ConfCommands.All(verbs)),
            .. ConfCommands.Hourly(verbs),
            verbs.Read("version", "Print the version", _ =>
            {
                Console.Out.WriteLine("allie " + Version);
                return 0;
            }),
        ];
        var man = verbs.Read("man", "Print the manual page allie(8); try: allie man | man -l -", _ =>
        {
            Console.Out.Write(ManPage.Write(root, Version));
            return 0;
        });
        foreach (var command in all.Append(man).Append(Complete(root)).Append(BootCommands.Guard()))
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    /// <summary>What could come next at a place of a command line, one per line: the shells' completions ask this.</summary>
    private static Command Complete(Command root)
    {
        var position = new Argument<int>("position");
        var line = new Argument<string>("line");
        var complete = new Command("complete", "For the shell's completion") { position, line };
        complete.Hidden = true;
        complete.SetAction(asked =>
        {
            var text = asked.GetRequiredValue(line);
            foreach (var completion in root.Parse(text).GetCompletions(Math.Min(asked.GetRequiredValue(position), text.Length)))
            {
                Console.Out.WriteLine(completion.InsertText ?? completion.Label);
            }

            return 0;
        });
        return complete;
    }

    /// <summary>"allie image capture", for hints.</summary>
    internal static string PathOf(Command command)
    {
        var names = new List<string>();
        for (var at = command; at is not null && at.Parents.Any(); at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            names.Insert(0, at.Name);
        }

        return string.Join(' ', names.Prepend("allie"));
    }
}
