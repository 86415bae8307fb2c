namespace Allie.Boot.Trying;

/// <summary>What became of one slot's image, as the boot home has it.</summary>
public enum SlotState
{
    /// <summary>It has an entry and is not set to be started.</summary>
    Staged,

    /// <summary>It is set to be started once, or was just started.</summary>
    Trying,

    /// <summary>It confirmed itself and was made the default.</summary>
    Good,

    /// <summary>It was tried and came to nothing.</summary>
    Bad,
}

/// <param name="At">UTC, ISO 8601: since when.</param>
/// <param name="Reason">Why it is bad; else empty.</param>
/// <param name="BootId">Of the boot that armed it (/proc/sys/kernel/random/boot_id): while that runs, nothing was tried yet.</param>
/// <param name="Baseline">How the system that armed it was; null when it is not being tried.</param>
public sealed record SlotTry(string Image, int Generation, SlotState State, string At, string Reason = "", string BootId = "", HealthBaseline? Baseline = null);

/// <summary>What the old system could do: the new one is not blamed for what did not work before it either.</summary>
/// <param name="FailedUnits">Names of systemd units that had failed.</param>
/// <param name="HadRoute">It had a default route.</param>
/// <param name="ReachedServer">The server answered.</param>
/// <param name="HadSsh">Something listened on port 22.</param>
public sealed record HealthBaseline(IReadOnlyList<string> FailedUnits, bool HadRoute, bool ReachedServer, bool HadSsh);

/// <summary>An image that failed here: not tried again by itself.</summary>
public sealed record FailedImage(string Image, int Generation, string Reason, string At);
