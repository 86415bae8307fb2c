using System.CommandLine;

namespace Allie.Cli.Shared;

/// <summary>Makes commands that all take the same common options: a reading verb has --json, a changing one also -n and -y.</summary>
internal sealed class Verbs(CancellationToken interrupted)
{
    internal static readonly Option<string?> Config = new("--config")
    {
        Description = "Another settings file than /etc/allie/server.toml or /etc/allie.toml (also: ALLIE_CONFIG)", HelpName = "FILE",
    };

    internal static readonly Option<bool> Json = new("--json", "-j") { Description = "Print the result as JSON" };

    internal static readonly Option<bool> DryRun = new("--dry-run", "-n")
    {
        Description = "Print what would be done and write nothing; exit 3 when something would be done",
    };

    internal static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Answer yes to the question" };

    /// <summary>A verb that only looks.</summary>
    internal Command Read(string name, string description, Func<Invocation, int> run, params Symbol[] symbols) =>
        Make(name, description, run, [.. symbols, Config, Json]);

    /// <summary>A verb that changes something.</summary>
    internal Command Change(string name, string description, Func<Invocation, int> run, params Symbol[] symbols) =>
        Make(name, description, run, [.. symbols, Config, DryRun, Yes, Json]);

    /// <summary>A noun that groups verbs.</summary>
    internal static Command Noun(string name, string description, params Command[] verbs)
    {
        var noun = new Command(name, description);
        foreach (var verb in verbs)
        {
            noun.Subcommands.Add(verb);
        }

        return noun;
    }

    private Command Make(string name, string description, Func<Invocation, int> run, IReadOnlyList<Symbol> symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Argument argument:
                    command.Arguments.Add(argument);
                    break;
                case Option option:
                    command.Options.Add(option);
                    break;
            }
        }

        command.SetAction(parsed =>
        {
            using var call = new Invocation(parsed, interrupted);
            return run(call);
        });
        return command;
    }
}
