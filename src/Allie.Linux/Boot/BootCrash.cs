using System.Globalization;
using Allie.Linux.Native;

namespace Allie.Linux.Boot;

/// <summary>
/// For tests: ALLIE_CRASH_AT=boot:N ends the process on the spot before its Nth change of a boot file or variable, as a power cut would;
/// ALLIE_CRASH_AT=frozen while the boot home is frozen, frozen-group with all that is in its control group.
/// </summary>
/// <param name="at">The variable's value; "" for never.</param>
/// <param name="end">What ends the run where the process must live on; null: the process itself.</param>
public sealed class BootCrash(string at, Action? end = null)
{
    private const string Variable = "ALLIE_CRASH_AT";
    private const string Counted = "boot:";
    private const string WhileFrozen = "frozen";
    private const string WithGroup = "frozen-group";
    private const int AsKilled = 137;

    private int _changes;

    /// <summary>One for the whole process: with a count for each boot home the last changes of a move, which touches two, were never reached.</summary>
    private static readonly BootCrash OfProcess = new(Environment.GetEnvironmentVariable(Variable) ?? "");

    public static BootCrash FromEnvironment() => OfProcess;

    internal static bool IsOurs(string at) => at is WhileFrozen or WithGroup || at.StartsWith(Counted, StringComparison.Ordinal);

    internal void BeforeChange()
    {
        _changes++;
        if (at.StartsWith(Counted, StringComparison.Ordinal) && at[Counted.Length..] == _changes.ToString(CultureInfo.InvariantCulture))
        {
            End();
        }
    }

    /// <summary>The test is about freezing: no gentler way will do.</summary>
    internal bool WantsFreezing => at is WhileFrozen or WithGroup;

    internal void Frozen()
    {
        if (at == WithGroup)
        {
            var group = File.ReadLines("/proc/self/cgroup").First(l => l.StartsWith("0::", StringComparison.Ordinal))[3..];
            var top = File.Exists("/sys/fs/cgroup/cgroup.controllers") ? "/sys/fs/cgroup" : "/sys/fs/cgroup/unified";
            File.WriteAllText($"{top}{group}/cgroup.kill", "1");
        }

        if (at is WhileFrozen or WithGroup)
        {
            End();
        }
    }

    private void End()
    {
        end?.Invoke();
        Libc._exit(AsKilled);
    }
}
