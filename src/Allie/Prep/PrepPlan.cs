using Allie.Plans;

namespace Allie.Prep;

/// <summary>The steps of a run, in the words that a dry run prints.</summary>
public static class PrepPlan
{
    /// <param name="target">What goes where.</param>
    /// <param name="label">The file system's label.</param>
    /// <param name="fileSystem">Its type.</param>
    /// <param name="start">Where the run begins.</param>
    /// <param name="way">How the image gets there.</param>
    /// <param name="server">Where the image comes from.</param>
    /// <param name="boot">Where the entry goes: "grub: /boot/grub"; null: no boot entry is wanted.</param>
    /// <param name="tryIt">"at the next start" and the like; null: the entry is only added.</param>
    public static Plan<PlainStep> Make(
        PrepTarget target, string label, string fileSystem, PrepStart start, FetchWay way, string server, string? boot, string? tryIt = null)
    {
        var slot = "slot " + target.Slot;
        var image = $"{target.Image} generation {target.Generation}";
        var made = $"{fileSystem}, label {label}; {start.Reason}";
        List<(PrepStage Stage, PlainStep Step)> all =
        [
            (PrepStage.Disarm, new("disarm", boot ?? slot, "a slot that is being written must not be started")),
            (PrepStage.Format, way.Strategy switch
            {
                FetchStrategy.BlockClone => new("clone", target.Device, $"the used blocks of {way.Seed}; {made}"),
                FetchStrategy.InPlace => new("keep", target.Device, $"the file system that is there: {made}"),
                _ => new("format", target.Device, made),
            }),
            (PrepStage.Seed, new("copy", slot, $"the files of {way.Seed?.ToString() ?? "its seed"}")),
            (PrepStage.Fetch, new("fetch", $"{image} from {server}", $"into {slot}; {way.Strategy.Word()}: {way.Reason}")),
            (PrepStage.Overlay, new("overlay", slot, $"the layers of {target.Image} for this PC")),
            (PrepStage.Personalise, new("personalise", slot, "name, machine-id, host keys, network and mounts of this PC; an initramfs made for another PC anew")),
            (PrepStage.Kernel, new("kernel", slot, "a kernel with its initrd must be there")),
            (PrepStage.Verify, new("verify", slot, "it holds what was asked for")),
            (PrepStage.Sync, new("sync", target.Device, "all of it is on the disk")),
            (PrepStage.Marker, new("mark", slot, $"complete: {image}")),
            (PrepStage.Entry, new("entry", boot ?? "", $"entry {Boot.BootEntry.IdOf(target.Slot)}; the default stays")),
            (PrepStage.Entry, new("try", slot, $"once, {tryIt}; then back, unless it confirms itself")),
        ];
        return new([.. all.Where(a => a.Stage >= start.First && Applies(a.Stage) && (tryIt is not null || a.Step.Action != "try")).Select(a => a.Step)]);

        bool Applies(PrepStage stage) =>
            (boot is not null || stage is not (PrepStage.Disarm or PrepStage.Entry)) && (stage != PrepStage.Seed || way.Strategy == FetchStrategy.FileClone);
    }
}
