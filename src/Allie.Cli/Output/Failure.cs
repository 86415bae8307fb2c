using System.Text.Json.Nodes;
using Allie.Errors;

namespace Allie.Cli.Output;

/// <summary>How a failure is told: one line what, one line what next; and the same as JSON on stdout when JSON was asked for.</summary>
internal static class Failure
{
    internal static int Print(UserError error, IReadOnlyList<string> words)
    {
        Console.Error.WriteLine("allie: " + error.Message);
        if (error.Hint is not null)
        {
            Console.Error.WriteLine("  " + error.Hint);
        }

        if (words.Contains("--json") || words.Contains("-j"))
        {
            JsonOutput.Print(new JsonObject { ["result"] = "failed", ["error"] = error.Message, ["hint"] = error.Hint, ["exit_code"] = error.ExitCode });
        }

        return error.ExitCode;
    }
}
