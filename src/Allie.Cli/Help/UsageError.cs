using System.CommandLine;
using Allie.Config;
using Allie.Errors;

namespace Allie.Cli.Help;

/// <summary>A command line that cannot be read, told so that the next try succeeds.</summary>
internal static class UsageError
{
    private const int Near = 2; // letters that a slip of the hand changes

    internal static UserError For(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var place = CommandTable.PathOf(command);
        if (command.Subcommands.Count == 0)
        {
            return UserError.Refused(string.Join("; ", parsed.Errors.Select(e => e.Message.TrimEnd('.'))), $"see: {place} --help");
        }

        return parsed.UnmatchedTokens is [var word, ..]
            ? UserError.Refused($"there is no command '{place} {word}'", $"{Meant(parsed.RootCommandResult.Command, command, word)}see: {place} --help")
            : UserError.Refused($"'{place}' needs a command after it", $"see: {place} --help");
    }

    /// <summary>The nearest word at this place, else a verb of exactly this name elsewhere.</summary>
    private static string Meant(Command root, Command at, string word)
    {
        var here = at.Subcommands.Where(c => !c.Hidden && Spelling.Distance(c.Name, word) <= Near).MinBy(c => Spelling.Distance(c.Name, word));
        var meant = here ?? ManPage.Verbs(root).FirstOrDefault(v => v.Name == word);
        return meant is null ? "" : $"did you mean '{CommandTable.PathOf(meant)}'? ";
    }
}
