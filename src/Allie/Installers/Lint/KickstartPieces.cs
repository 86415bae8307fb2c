namespace Allie.Installers.Lint;

/// <summary>The lines that a %pre writes into a file which the main part includes, by here-document, echo and printf.</summary>
internal static class KickstartPieces
{
    /// <param name="included">The path of an %include.</param>
    /// <returns>With their line, from 1, in the script.</returns>
    public static IEnumerable<(int Line, string Text)> Of(IReadOnlyList<ShellCommand> commands, string included)
    {
        // { echo ...; echo ...; } >file, and exec >file, whose name is empty
        var asOne = commands.Any(c => c.Name is "" or "}" or "done" or "fi" && c.Targets.Contains(included));
        foreach (var command in commands.Where(c => Targets(c).Contains(included) || (asOne && c.Targets.Count == 0)))
        {
            foreach (var line in command.Document)
            {
                yield return line;
            }

            if (command.Name is "echo" or "printf")
            {
                foreach (var text in string.Join(' ', command.Arguments.SkipWhile(a => a is "-e" or "-n" or "-en" or "-ne")).Split(["\\n", "\n"], StringSplitOptions.RemoveEmptyEntries))
                {
                    yield return (command.Line, text);
                }
            }
        }
    }

    private static IEnumerable<string> Targets(ShellCommand command) => command.Name == "tee" ? command.Targets.Concat(command.Arguments) : command.Targets;
}
