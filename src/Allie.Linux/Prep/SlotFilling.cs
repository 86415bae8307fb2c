using Allie.Errors;
using Allie.Files;
using Allie.Images;
using Allie.Images.Fetch;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Linux.Native;
using Allie.Linux.Personalise;
using Allie.Personalise;
using Allie.Prep;
using Allie.Slots;

namespace Allie.Linux.Prep;

/// <summary>The stages that work on the mounted slot, each of which may be done again.</summary>
/// <param name="work">What this prep works with.</param>
/// <param name="root">The mounted slot.</param>
/// <param name="resumed">An earlier run was cut short: a power cut may have left files of the right size and time without their content, the digests too.</param>
internal sealed class SlotFilling(PrepWork work, ImageRoot root, bool resumed)
{
    private static readonly ImagePath Marker = ImagePath.Of(SlotMarker.Path);

    internal void Do(PrepStage stage, PrepJournal journal)
    {
        switch (stage)
        {
            case PrepStage.Seed:
                if (journal.Strategy == FetchStrategy.FileClone)
                {
                    CopySeed(journal.SeedSlot);
                }

                break;
            case PrepStage.Fetch:
                if (root.Exists(Marker))
                {
                    root.RemoveFile(Marker); // of an older generation: from here on the slot is not complete
                }

                work.Source.Fetch(work.Look, root.HostPath, journal.Mixed || resumed ? FetchStart.Other : FetchStart.Empty, work.Transfer);
                break;
            case PrepStage.Overlay:
                LayOverlay();
                break;
            case PrepStage.Personalise:
                Personalise(journal);
                break;
            case PrepStage.Kernel:
                Say($"kernel {SlotKernel.Find(root, work.Target.Image).Kernel}");
                break;
            case PrepStage.Verify:
                Verify(journal);
                break;
            case PrepStage.Marker:
                Boot.Health.ConfirmInstall.Into(root, work.Boot?.Home.Name);
                WriteMarker(journal);
                break;
        }
    }

    /// <summary>The running system by its files, another slot mounted read-only; nobody changes that one meanwhile. What is not lent is fetched.</summary>
    private void CopySeed(string? slot)
    {
        try
        {
            if (slot is null)
            {
                work.Source.CopySeed(work.Look, "/", root.HostPath, work.Transfer);
                return;
            }

            using var held = SeedSlot.Take(work, slot, out var facts);
            using var mount = MountScope.Mount(facts.DevicePath, facts.FileSystem?.Type ?? "", work.Settings.Run, readOnly: true);
            work.Source.CopySeed(work.Look, mount.Path, root.HostPath, work.Transfer);
        }
        catch (Exception e) when (e is LinuxException or UserError { ExitCode: ExitCode.Failed })
        {
            Say($"{e.Message}; all that is missing is fetched");
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

    private void Personalise(PrepJournal journal)
    {
        Say("personalise it");
        using var running = ImageRoot.Open("/");
        var personaliser = new Personaliser([running], root, work.Runner, work.Settings);
        var plan = personaliser.Plan(hostName: null, journal.Label, new PcFileSystems(), journal.FileSystem);
        foreach (var build in plan.Steps.Where(s => s.Kind == PersonalAction.Build))
        {
            Say($"{build.Target}: {build.Reason}");
        }

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
