using Allie.Boot.Trying;
using Allie.Errors;

namespace Allie.Boot.Health;

/// <summary>What every new image must be able to do, as far as the system before it could.</summary>
public static class BuiltInChecks
{
    private const int LeastFreePercent = 5;

    /// <param name="expectedUuid">root=UUID= of the kernel line.</param>
    /// <param name="preparedAt">When prep filled the slot: a clock before that is wrong.</param>
    /// <param name="baseline">Null: nothing is known of the system before; then its network is not asked for.</param>
    public static IReadOnlyList<HealthCheck> Of(HealthFacts facts, string expectedUuid, string preparedAt, HealthBaseline? baseline)
    {
        var newly = facts.FailedUnits.Except(baseline?.FailedUnits ?? []).ToList();
        return
        [
            new("root", string.Equals(facts.RootUuid, expectedUuid, StringComparison.OrdinalIgnoreCase), true, $"the root file system is {facts.RootUuid}"),
            new("writable", facts.RootIsWritable, true, facts.RootIsWritable ? "the root can be written" : "the root is mounted read-only"),
            new("units", newly.Count == 0, true, newly.Count == 0 ? "no unit failed that did not before" : "failed: " + string.Join(", ", newly)),
            new("route", facts.HasRoute, baseline?.HadRoute == true, facts.HasRoute ? "there is a default route" : "there is no default route"),
            .. facts.ReachesServer is { } reached
                ? [new HealthCheck("server", reached, baseline?.ReachedServer == true, reached ? "the server answers" : "the server does not answer")]
                : Array.Empty<HealthCheck>(),
            new("ssh", facts.HasSsh, baseline?.HadSsh == true, facts.HasSsh ? "something listens on port 22" : "nothing listens on port 22"),
            new("clock", string.CompareOrdinal(facts.Now, preparedAt) >= 0, false, $"it is {facts.Now}; the image was put here {preparedAt}"),
            new("space", facts.FreePercent >= LeastFreePercent, true, $"{facts.FreePercent} % of the root file system is free"),
            .. facts.OverlayExit is { } exit
                ? [new HealthCheck("overlay", exit is ExitCode.Ok or ExitCode.Differences, exit != ExitCode.Unreachable, $"allie apply -n ended with {exit}")]
                : Array.Empty<HealthCheck>(),
        ];
    }
}
