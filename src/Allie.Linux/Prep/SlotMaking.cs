using Allie.Errors;
using Allie.Linux.Native;
using Allie.Linux.Processes;
using Allie.Linux.Slots;
using Allie.Prep;
using Allie.Slots;

namespace Allie.Linux.Prep;

/// <summary>
/// Gives the slot the file system that the strategy wants. What does not work out (a seed with a dirty journal, a copy that is not
/// sound) ends in a fresh file system: a PC that nobody sits at must get its image all the same.
/// </summary>
internal sealed class SlotMaking(PrepWork work, Action<PrepJournal> save)
{
    /// <returns>The journal, with another strategy when the first did not work out.</returns>
    internal PrepJournal Make(PrepJournal journal)
    {
        switch (journal.Strategy)
        {
            case FetchStrategy.BlockClone when TryClone(journal):
                return journal;
            case FetchStrategy.BlockClone:
                save(journal = journal with { Strategy = FetchStrategy.FileClone });
                break;
            case FetchStrategy.InPlace when IsSound(journal):
                return journal;
            case FetchStrategy.InPlace:
                Say("its file system is damaged: it is made anew");
                save(journal = journal with { Strategy = FetchStrategy.Full, Mixed = false, SeedSlot = null, FsUuid = AllieUuid.Make(RandomBytes.Read(16)) });
                break;
        }

        Say($"format {work.Target.Device} as {journal.FileSystem}, label {journal.Label}");
        new Formatter(work.Runner).Format(work.Guard, journal.Label, journal.FsUuid, journal.FileSystem);
        return journal;
    }

    private bool TryClone(PrepJournal journal)
    {
        try
        {
            using var held = SeedSlot.Take(work, journal.SeedSlot!, out var seed);
            Say($"copy the used blocks of slot {seed.Name} ({seed.DevicePath}) to {work.Target.Device}, label {journal.Label}");
            new BlockClone(work.Runner).Copy(work.Guard, seed, journal.FileSystem, journal.Label, journal.FsUuid);
            return true;
        }
        catch (Exception e) when (e is LinuxException or UserError { ExitCode: ExitCode.Failed })
        {
            Say(e.Message);
            return false;
        }
    }

    /// <summary>An ext4 that was not unmounted cleanly is mended here; the others do it when they are mounted.</summary>
    private bool IsSound(PrepJournal journal)
    {
        work.Guard.OpenExclusive().Dispose(); // nobody else may have it mounted: two who write is what no file system survives
        return journal.FileSystem != "ext4" || work.Runner.Run(new Command("e2fsck", "-p", work.Target.Device) { Limit = TimeSpan.FromHours(2) }).ExitCode <= 1;
    }

    private void Say(string what) => work.Say($"slot {work.Target.Slot}: {what}");
}
