using Allie.Errors;
using Allie.Linux.Native;
using Allie.Prep;

namespace Allie.Linux.Prep;

/// <summary>For tests: ALLIE_CRASH_AT=STAGE ends the process on the spot once that stage is in the journal, as a power cut would.</summary>
public sealed class CrashPoint(PrepStage? at)
{
    private const string Variable = "ALLIE_CRASH_AT";

    /// <exception cref="UserError">Exit 2: no such stage. A misspelt crash would prove nothing.</exception>
    public static CrashPoint FromEnvironment() => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => new(null),
        { } boot when Boot.BootCrash.IsOurs(boot) => new(null),
        { } name when Enum.TryParse<PrepStage>(name, ignoreCase: true, out var stage) && !char.IsAsciiDigit(name[0]) => new(stage),
        { } name => throw UserError.Refused($"unknown stage '{name}' in {Variable}", string.Join(", ", Enum.GetNames<PrepStage>()).ToLowerInvariant()),
    };

    public void Reached(PrepStage stage)
    {
        const int AsKilled = 137;
        if (stage == at)
        {
            Libc._exit(AsKilled);
        }
    }
}
