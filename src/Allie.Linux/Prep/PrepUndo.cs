using Allie.Config;
using Allie.Files;
using Allie.Linux.Boot;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Prep;
using Allie.Slots;

namespace Allie.Linux.Prep;

/// <summary>Ends a prep that was cut short: the boot files as they were, the slot without a claim to be complete, no journal.</summary>
public sealed class PrepUndo(PcSettings settings, Trials? boot)
{
    /// <summary>Whether the slot still has what it held before the run: nothing was formatted or fetched.</summary>
    public static bool IsUntouched(PrepJournal journal, SlotFacts? slot) =>
        journal.Done < PrepStage.Format && slot?.FileSystem?.Uuid is { } uuid && (uuid != journal.FsUuid || journal.Strategy == FetchStrategy.InPlace);

    /// <param name="journal">Of the run.</param>
    /// <param name="slot">As it is now; null when this PC has no such slot any more.</param>
    public void Carry(PrepJournal journal, SlotFacts? slot)
    {
        if (slot is not null && IsOurs(journal, slot))
        {
            using var mount = MountScope.Mount(slot.DevicePath, journal.FileSystem, settings.Run, readOnly: false);
            using var root = ImageRoot.Open(mount.Path);
            root.RemoveFile(ImagePath.Of(SlotMarker.Path));
            root.SyncFileSystem();
        }

        // An entry that the slot had goes back only while what it started is still there.
        var aside = boot is null ? null : new SlotAside(boot.Home, journal.Slot);
        if (IsUntouched(journal, slot) && journal.BootFiles.Count > 0)
        {
            aside?.Restore(journal.BootFiles);
        }
        else
        {
            boot?.Forget(journal.Slot);
            aside?.Drop();
        }

        PrepPc.JournalOf(settings, journal.Slot).Remove();
    }

    private static bool IsOurs(PrepJournal journal, SlotFacts slot) =>
        journal.Done >= PrepStage.Format && slot is { IsRunningRoot: false, MountedAt.Count: 0, Signatures: [var fs] } && fs.Uuid == journal.FsUuid;
}
