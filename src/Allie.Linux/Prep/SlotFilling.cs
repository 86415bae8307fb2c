using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Prep;
using Allie.Slots;

namespace Allie.Linux.Prep;

/// <summary>The stages that work on the mounted slot, each of which may be done again.</summary>
internal sealed class SlotFilling(PrepWork work, ImageRoot root)
{
    private static readonly ImagePath Marker = ImagePath.Of(SlotMarker.Path);

    internal void Do(PrepStage stage, PrepJournal journal)
    {
        switch (stage)
        {
            case PrepStage.Fetch:
                if (root.Exists(Marker))
                {
                    root.RemoveFile(Marker); // of an older generation: from here on the slot is not complete
                }

                work.Source.Fetch(work.Look, root.HostPath, journal.Mixed ? FetchStart.Other : FetchStart.Empty, work.Transfer);
                break;
            case PrepStage.Overlay:
                LayOverlay();
                break;
            case PrepStage.Personalise:
                Personalise(journal.Label);
                break;
            case PrepStage.Kernel:
                Say($"kernel {SlotKernel.Find(root, work.Target.Image).Kernel}");
                break;
            case PrepStage.Verify:
                Verify(journal);
                break;
            case PrepStage.Marker:
                WriteMarker(journal);
                break;
        }
    }

    private void LayOverlay()
    {
        Say("lay the overlay on it");
        var command = work.ApplyOverlay with { Arguments = [.. work.ApplyOverlay.Arguments, "--root", root.HostPath, "--image", work.Target.Image] };
        var outcome = work.Runner.Run(command);
        if (!outcome.Ok)
        {
            var said = outcome.ErrorTail.FirstOrDefault(l => l.StartsWith("allie: ", StringComparison.Ordinal))?["allie: ".Length..] ?? outcome.LastWord;
            throw new UserError(
                $"cannot lay the overlay on slot {work.Target.Slot}: {said}", "nothing was switched; mend the cause and run the command again, it goes on here",
                outcome.ExitCode == ExitCode.Unreachable ? ExitCode.Unreachable : ExitCode.Failed);
        }
    }

    private void Personalise(string label)
    {
        Say("personalise it");
        using var running = ImageRoot.Open("/");
        var pc = new RunningPc(running);
        var personaliser = new Personaliser(pc, root, work.Runner, work.Settings);
        var plan = personaliser.Plan(label, new PcFileSystems().SwapUuids(pc.SwapSpecs()));
        personaliser.Carry(plan);
        foreach (var note in plan.Notes)
        {
            Say(note);
        }
    }

    /// <summary>rsync has compared the files already; this is what only holds for the whole: the right image, and one that finds its root.</summary>
    private void Verify(PrepJournal journal)
    {
        var stamp = ImageStamp.Parse(root.TryReadText(ImagePath.Of(ImageStamp.Path)) ?? "", root.Show(ImagePath.Of(ImageStamp.Path)));
        if (stamp.Name != journal.Image || stamp.Generation != journal.Generation)
        {
            throw new UserError(
                $"slot {journal.Slot} holds {stamp.Name} generation {stamp.Generation}, not {journal.Image} generation {journal.Generation}",
                "was the image published meanwhile? run the command again");
        }

        var spec = Fstab.RootSpec(root.TryReadText(ImagePath.Of("etc/fstab")) ?? "");
        if (spec != "LABEL=" + journal.Label)
        {
            throw new UserError($"the fstab in slot {journal.Slot} names {spec ?? "no root"}, not LABEL={journal.Label}", "does an overlay script write it? see the image's overlay");
        }
    }

    private void WriteMarker(PrepJournal journal)
    {
        root.MakeDirectories(Marker.Parent, 0x1C0);
        var marker = new SlotMarker(journal.Image, journal.Generation, journal.Slot, journal.FsUuid, DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ"));
        root.WriteFile(Marker, System.Text.Encoding.UTF8.GetBytes(marker.Format()), FileMetadata.Root(0x1A4, ImageRoot.Now));
    }

    private void Say(string what) => work.Say($"slot {work.Target.Slot}: {what}");
}
