using System.CommandLine;
using System.Text;

namespace Allie.Cli.Help;

/// <summary>allie(8) in man(7) macros, from the same table as the parser and --help, so that the three cannot differ.</summary>
internal static class ManPage
{
    internal static string Write(Command root, string version)
    {
        var page = new StringBuilder();
        page.Append($".TH ALLIE 8 \"\" \"allie {version}\" \"System administration\"\n");
        page.Append(".SH NAME\nallie \\- install, update and configure a cluster of Linux PCs from images and overlays\n");
        page.Append(".SH SYNOPSIS\n.B allie\n.I verb\n[\\fIarguments\\fR] [\\fIoptions\\fR]\n");
        page.Append($".SH DESCRIPTION\n{Escape(root.Description)}\nAlso called by these names, each a link to the one program:\n");
        foreach (var (name, verb) in FoundingNames.Verbs)
        {
            page.Append($".TP\n.B {Escape(name)}\nis \\fBallie {Escape(string.Join(' ', verb))}\\fR\n");
        }

        page.Append(".SH COMMANDS\n");
        foreach (var verb in Verbs(root))
        {
            Write(page, verb);
        }

        page.Append(".SH EXIT STATUS\n");
        foreach (var (code, meaning) in ExitCodes)
        {
            page.Append($".TP\n.B {code}\n{Escape(meaning)}\n");
        }

        page.Append(".SH FILES\n");
        foreach (var (file, meaning) in Files)
        {
            page.Append($".TP\n.I {Escape(file)}\n{Escape(meaning)}\n");
        }

        return page.ToString();
    }

    /// <summary>Also printed by the documents' test: docs/exit-codes.md must say the same.</summary>
    internal static readonly IReadOnlyList<(int Code, string Meaning)> ExitCodes =
    [
        (0, "done, or no difference"), (1, "failed"), (2, "usage, or refused"), (3, "differences found, or a dry run that would change something"),
        (4, "busy: another run holds the lock"), (5, "server unreachable"), (70, "a bug in allie"), (130, "interrupted"),
    ];

    private static readonly IReadOnlyList<(string File, string Meaning)> Files =
    [
        ("/etc/allie/server.toml", "settings of the server"), ("/etc/allie.toml", "settings of a PC"),
        ("/srv/allie", "images, overlays, hosts file and reports on the server"), ("/var/lib/allie", "what allie keeps on a PC, in each image"),
    ];

    /// <summary>All commands that do something, depth first.</summary>
    internal static IEnumerable<Command> Verbs(Command command) => command.Subcommands.Where(c => !c.Hidden).SelectMany(
        c => c.Subcommands.Count > 0 ? Verbs(c) : [c]);

    private static void Write(StringBuilder page, Command verb)
    {
        var arguments = string.Concat(verb.Arguments.Select(a => $" \\fI{Escape(a.HelpName ?? a.Name.ToUpperInvariant())}\\fR"));
        page.Append($".SS {Escape(CommandTable.PathOf(verb))}{arguments}\n{Escape(verb.Description)}\n");
        foreach (var argument in verb.Arguments.Where(a => a.Description is not null))
        {
            page.Append($".TP\n.I {Escape(argument.HelpName ?? argument.Name.ToUpperInvariant())}\n{Escape(argument.Description)}\n");
        }

        foreach (var option in verb.Options.Where(o => !o.Hidden))
        {
            var names = string.Join(", ", option.Aliases.Prepend(option.Name).Select(n => $"\\fB{Escape(n)}\\fR"));
            var value = option.ValueType == typeof(bool) ? "" : $" \\fI{Escape(option.HelpName ?? "VALUE")}\\fR";
            page.Append($".TP\n{names}{value}\n{Escape(option.Description)}\n");
        }
    }

    private static string Escape(string? text) => (text ?? "").Replace("\\", "\\e").Replace("-", "\\-").Replace("\n.", "\n\\&.");
}
