namespace Allie.Linux.Conf;

/// <summary>How one script of /root/conf ended. Output is stdout and stderr as they came.</summary>
public sealed record ScriptResult(string Name, int ExitCode, TimeSpan Took, string Output)
{
    public bool Ok => ExitCode == 0;
}
