using Allie.Errors;

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
    /// <exception cref="UserError">Exit 2: the slot is another partition than the journal tells of. That is never guessed at.</exception>
    public static PrepStart Of(PrepJournal? journal, PrepTarget target, string? fsUuidOnDevice)
    {
        if (journal is null || journal.Image != target.Image || journal.Slot != target.Slot)
        {
            return Anew;
        }

        if (journal.PartUuid != target.PartUuid || journal.DeviceBytes != target.DeviceBytes)
        {
            throw UserError.Refused(
                $"slot {target.Slot} is another partition than the one on which a prep of {journal.Image} was cut short ({target.Device}, {target.DeviceBytes >> 20} MiB; before {journal.DeviceBytes >> 20} MiB)",
                $"was the disk changed? to forget that prep: allie prep --abort --slot {target.Slot}");
        }

        // A device with another UUID is not the one that this journal tells of, or mkfs was cut short.
        if (journal.Done < PrepStage.Format || journal.FsUuid != fsUuidOnDevice)
        {
            return Anew with { Reason = "an earlier run was cut short before it was formatted" };
        }

        if (journal.Generation == target.Generation)
        {
            return new(journal.Done + 1, journal, $"an earlier run was cut short after {journal.Done.ToString().ToLowerInvariant()}");
        }

        var done = journal.Done < PrepStage.Seed ? journal.Done : PrepStage.Seed;
        return new(done + 1, journal with { Generation = target.Generation, Done = done, Mixed = true },
            $"an earlier run was cut short; the server has generation {target.Generation} now");
    }
}
