using Allie.Cli.Shared;
using Allie.Errors;

namespace Allie.Cli.Output;

/// <summary>The one rule for questions: only before data is lost, only on a terminal, default no.</summary>
internal static class Prompt
{
    /// <exception cref="UserError">Exit 2: answered no, or no terminal to ask on; the hint is the command to type.</exception>
    internal static void Confirm(Invocation call, string question)
    {
        if (call.Yes || call.DryRun)
        {
            return;
        }

        if (Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            var words = Environment.GetCommandLineArgs().Skip(1).Prepend(Path.GetFileName(Environment.GetCommandLineArgs()[0]));
            throw UserError.Refused($"{question.TrimEnd('?')}: not asked, as there is no terminal", $"to do it: {string.Join(' ', words.Select(Quoted))} -y");
        }

        Console.Error.Write($"{question} [y/N] ");
        if (Console.ReadLine()?.Trim().ToLowerInvariant() is not ("y" or "yes"))
        {
            throw UserError.Refused("nothing was done");
        }
    }

    /// <summary>So that the command can be typed again as it was.</summary>
    private static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,@%+~".Contains(c)) ? word : $"'{word.Replace("'", "'\\''")}'";
}
