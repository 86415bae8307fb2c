namespace Allie.Prep;

/// <summary>Where a run begins: at the first step, or where an earlier run that was cut short left off.</summary>
/// <param name="First">The first stage to do.</param>
/// <param name="Earlier">The journal that is taken up; null when the run begins anew.</param>
/// <param name="Reason">For the plan.</param>
public sealed record PrepStart(PrepStage First, PrepJournal? Earlier, string Reason)
{
    private static readonly PrepStart Anew = new(PrepStage.Disarm, null, "it is spare");

    /// <param name="journal">What is left of an earlier run on this slot.</param>
    /// <param name="target">What is wanted now.</param>
    /// <param name="fsUuidOnDevice">The UUID in the slot's superblock, if there is one.</param>
    public static PrepStart Of(PrepJournal? journal, PrepTarget target, string? fsUuidOnDevice)
    {
        if (journal is null || journal.Image != target.Image || journal.Slot != target.Slot
            || journal.PartUuid != target.PartUuid || journal.DeviceBytes != target.DeviceBytes)
        {
            return Anew;
        }

        // A device with another UUID is not the one that this journal tells of, or mkfs was cut short.
        if (journal.Done < PrepStage.Format || journal.FsUuid != fsUuidOnDevice)
        {
            return Anew with { Reason = "an earlier run was cut short before it was formatted" };
        }

        return journal.Generation == target.Generation
            ? new(journal.Done + 1, journal, $"an earlier run was cut short after {journal.Done.ToString().ToLowerInvariant()}")
            : new(PrepStage.Fetch, journal with { Generation = target.Generation, Done = PrepStage.Format, Mixed = true },
                $"an earlier run was cut short; the server has generation {target.Generation} now");
    }
}
