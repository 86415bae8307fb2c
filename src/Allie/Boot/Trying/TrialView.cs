namespace Allie.Boot.Trying;

/// <summary>What this start of the PC means for the try that the record tells of.</summary>
public enum TrialView
{
    /// <summary>No try is under way.</summary>
    None,

    /// <summary>It is set, and the PC was not started anew since, or the count still has a try.</summary>
    Pending,

    /// <summary>This is the try.</summary>
    Running,

    /// <summary>The PC came back to another system: the try came to nothing.</summary>
    CameBack,

    /// <summary>It was never set: a run was cut short just before.</summary>
    NeverSet,

    /// <summary>The slot is the default already: a commit was cut short just before it was noted.</summary>
    Committed,
}

public static class TrialViews
{
    /// <param name="record">From the boot home.</param>
    /// <param name="state">What the boot method would do at the next start.</param>
    /// <param name="running">allie.slot= of this start; null for another system.</param>
    /// <param name="bootId">Of this start.</param>
    public static TrialView Of(BootRecord record, MethodState state, string? running, string bootId)
    {
        if (record.Trying is not { } slot)
        {
            return TrialView.None;
        }

        if (state.Default == slot)
        {
            return TrialView.Committed;
        }

        if (running == slot)
        {
            return TrialView.Running;
        }

        return record[slot]!.BootId == bootId || state.Armed == slot ? TrialView.Pending
            : state.ForgetsTries || state.Tried == slot ? TrialView.CameBack
            : TrialView.NeverSet;
    }
}

/// <summary>What the boot method would do at the next start.</summary>
/// <param name="Default">The slot that is started when nothing is tried; null for what the PC booted before ALLiE.</param>
/// <param name="Armed">The slot that is tried next; null for none.</param>
/// <param name="Tried">The slot whose tries are used up and not cleared; null for none, and always where <paramref name="ForgetsTries"/>.</param>
/// <param name="ForgetsTries">A try that was made leaves no trace in the boot loader (one-shot variables).</param>
/// <param name="Warning">Something about the boot home that the administrator should know.</param>
public sealed record MethodState(string? Default, string? Armed = null, string? Tried = null, bool ForgetsTries = true, int TriesLeft = 0, string? Warning = null);
