using Allie.Errors;

namespace Allie.Conf;

/// <summary>One exit code for several runs: the gravest. An unreachable server is told only when nothing worse happened.</summary>
public static class WorstExit
{
    private static readonly int[] Gravest = [ExitCode.Bug, ExitCode.Failed, ExitCode.Refused, ExitCode.Unreachable, ExitCode.Busy, ExitCode.Differences, ExitCode.Ok];

    public static int Of(IEnumerable<int> codes) => codes.Select(c => Gravest.Contains(c) ? c : ExitCode.Failed).DefaultIfEmpty(ExitCode.Ok).MinBy(c => Array.IndexOf(Gravest, c));
}
