namespace Allie.Linux.Processes;

/// <summary>How a program ended. ErrorTail holds its last lines on stderr; a program killed by a signal has 128 + signal as exit code.</summary>
public sealed record Outcome(string Program, int ExitCode, string Output, IReadOnlyList<string> ErrorTail)
{
    public bool Ok => ExitCode == 0;

    /// <summary>The last line it said, for a one-line message.</summary>
    public string LastWord => ErrorTail.LastOrDefault(l => l.Length > 0) ?? Output.Split('\n').LastOrDefault(l => l.Length > 0) ?? "it said nothing";
}
