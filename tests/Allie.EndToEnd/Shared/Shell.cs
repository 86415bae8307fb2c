using System.Diagnostics;

namespace Allie.EndToEnd.Shared;

/// <summary>Runs a bash script for set-up or as an independent witness; a script that fails fails the test.</summary>
public static class Shell
{
    public static string Run(string script)
    {
        var (exitCode, output, errors) = Binary.Run("bash", ["-euo", "pipefail", "-c", script]);
        return exitCode == 0 ? output.TrimEnd('\n') : throw new InvalidOperationException($"exit {exitCode} of: {script}\n{output}\n{errors}");
    }

    public static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
}
