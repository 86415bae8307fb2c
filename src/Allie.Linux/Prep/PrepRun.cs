using Allie.Linux.Boot;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Linux.Native;
using Allie.Linux.Processes;
using Allie.Linux.Slots;
using Allie.Prep;
using Allie.Slots;

namespace Allie.Linux.Prep;

/// <summary>
/// Carries out a prep, stage by stage, with the journal written after each. Until the last stage nothing points at the slot, so a run
/// that is cut short anywhere leaves a PC that boots what it booted before, and the next run goes on.
/// </summary>
public sealed class PrepRun(PrepWork work)
{
    /// <param name="start">Where to begin.</param>
    /// <param name="label">For the file system, when it is made.</param>
    public void Carry(PrepStart start, string label)
    {
        var journal = start.Earlier ?? New(label);
        Save(journal);

        // At every start, not only at the first: a newer generation may be going over one that had its entry already.
        if (start.First <= PrepStage.Marker)
        {
            work.Boot?.Forget(work.Target.Slot);
        }

        if (journal.Done < PrepStage.Disarm)
        {
            Save(journal = journal.After(PrepStage.Disarm));
        }

        if (journal.Done < PrepStage.Format)
        {
            journal = new SlotMaking(work, Save).Make(journal);
            Save(journal = journal.After(PrepStage.Format));
        }

        Fill(ref journal, resumed: start.Earlier is not null);
        if (work.Boot is { } boot)
        {
            Offer(boot, journal);
        }

        work.Journal.Remove();
        work.Journalled(PrepStage.Entry);
    }

    private PrepJournal New(string label) => new()
    {
        Image = work.Target.Image,
        Generation = work.Target.Generation,
        Slot = work.Target.Slot,
        PartUuid = work.Target.PartUuid,
        DeviceBytes = work.Target.DeviceBytes,
        FileSystem = work.FileSystem,
        FsUuid = work.Way.Strategy == FetchStrategy.InPlace ? work.Guard.Facts.FileSystem!.Uuid : AllieUuid.Make(RandomBytes.Read(16)),
        Label = label,
        Strategy = work.Way.Strategy,
        SeedSlot = work.Way.Seed?.Slot,
        Mixed = work.Way.Strategy != FetchStrategy.Full,
        Bandwidth = work.Source.Bandwidth,
        Done = PrepStage.Begin,
        Started = Now,

        // Of the first run, when this one begins anew after it: what it took away is not there any more.
        BootFiles = work.Journal.Load()?.BootFiles ?? work.Boot?.Snapshot() ?? new Dictionary<string, string?>(),
    };

    /// <summary>The stages inside the mounted slot. It is unmounted again before the entry is written: GRUB replays no journal.</summary>
    private void Fill(ref PrepJournal journal, bool resumed)
    {
        using var mount = MountScope.Mount(work.Target.Device, journal.FileSystem, work.Settings.Run, readOnly: false);
        using var root = ImageRoot.Open(mount.Path);
        if (journal is { Strategy: FetchStrategy.BlockClone, FileSystem: "xfs" })
        {
            work.Runner.RunChecked(new Command("xfs_growfs", root.HostPath)); // the copy is as large as its seed; growing again is nothing
        }

        var filling = new SlotFilling(work, root, resumed);
        for (var stage = journal.Done + 1; stage <= PrepStage.Marker; stage++)
        {
            filling.Do(stage, journal);

            // The journal is on another file system than what it tells of: after a power cut it must not know more than the slot has.
            root.SyncFileSystem();
            Save(journal = journal.After(stage));
        }
    }

    /// <summary>The slot as it is on the disk now, its new file system among the facts.</summary>
    private void Offer(Trials boot, PrepJournal journal)
    {
        var facts = work.Guard.Facts with { Signatures = [new(journal.FileSystem, journal.Label, journal.FsUuid)] };
        using var slot = SlotOpening.Open(work.Settings, facts, boot.Home.Name);
        boot.Stage(slot);
        if (work.Tries > 0)
        {
            boot.Arm(slot, work.Tries, work.Health.Baseline());
        }
    }

    private void Save(PrepJournal journal)
    {
        work.Journal.Save(journal);
        work.Journalled(journal.Done);
    }

    private static string Now => DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ");
}
