using Allie.Linux.Processes;

namespace Allie.Linux.Tests.Shared;

/// <summary>Runs a bash script for set-up or as an independent witness; fails the test when the script fails.</summary>
public static class Shell
{
    public static string Run(string script, string? directory = null)
    {
        IRunner runner = new Runner(Xunit.TestContext.Current.CancellationToken);
        return runner.RunChecked(new Command("bash", "-euo", "pipefail", "-c", script) { WorkingDirectory = directory }).Output.TrimEnd('\n');
    }
}
