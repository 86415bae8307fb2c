namespace Allie.Errors;

/// <summary>The process exit codes. They are an interface: docs/exit-codes.md lists them and none changes its meaning.</summary>
public static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Refused = 2;
    public const int Differences = 3;
    public const int Busy = 4;
    public const int Unreachable = 5;
    public const int Bug = 70;
}
