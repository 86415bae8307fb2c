using Allie.Plans;

namespace Allie.Prep;

/// <summary>The steps of a run, in the words that a dry run prints.</summary>
public static class PrepPlan
{
    /// <param name="target">What goes where.</param>
    /// <param name="label">The file system's label.</param>
    /// <param name="start">Where the run begins.</param>
    /// <param name="server">Where the image comes from.</param>
    /// <param name="boot">Where the entry goes: "grub: /boot/grub"; null: no boot entry is wanted.</param>
    /// <param name="tryIt">"at the next start" and the like; null: the entry is only added.</param>
    public static Plan<PlainStep> Make(PrepTarget target, string label, PrepStart start, string server, string? boot, string? tryIt = null)
    {
        var slot = "slot " + target.Slot;
        var image = $"{target.Image} generation {target.Generation}";
        (PrepStage Stage, PlainStep Step)[] all =
        [
            (PrepStage.Disarm, new("disarm", boot ?? slot, "a slot that is being written must not be started")),
            (PrepStage.Format, new("format", target.Device, $"ext4, label {label}; {start.Reason}")),
            (PrepStage.Fetch, new("fetch", $"{image} from {server}", $"into {slot}")),
            (PrepStage.Overlay, new("overlay", slot, $"the layers of {target.Image} for this PC")),
            (PrepStage.Personalise, new("personalise", slot, "name, machine-id, host keys, network and mounts of this PC")),
            (PrepStage.Kernel, new("kernel", slot, "a kernel with its initrd must be there")),
            (PrepStage.Verify, new("verify", slot, "it holds what was asked for")),
            (PrepStage.Sync, new("sync", target.Device, "all of it is on the disk")),
            (PrepStage.Marker, new("mark", slot, $"complete: {image}")),
            (PrepStage.Entry, new("entry", boot ?? "", $"entry {Boot.BootEntry.IdOf(target.Slot)}; the default stays")),
            (PrepStage.Entry, new("try", slot, $"once, {tryIt}; then back, unless it confirms itself")),
        ];
        return new([.. all.Where(a => a.Stage >= start.First && (boot is not null || a.Stage is not (PrepStage.Disarm or PrepStage.Entry)) && (tryIt is not null || a.Step.Action != "try")).Select(a => a.Step)]);
    }
}
