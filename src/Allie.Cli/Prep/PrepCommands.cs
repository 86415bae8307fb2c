using System.CommandLine;
using Allie.Cli.Boot;
using Allie.Cli.Images;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Mounts;
using Allie.Linux.Native;
using Allie.Linux.Personalise;
using Allie.Linux.Prep;
using Allie.Linux.Processes;
using Allie.Linux.Slots;
using Allie.Personalise;
using Allie.Plans;
using Allie.Prep;
using Allie.Slots;
using Command = Allie.Linux.Processes.Command;

namespace Allie.Cli.Prep;

/// <summary>`prep`: the next image onto a spare slot while people work (step 9).</summary>
internal static class PrepCommands
{
    private static readonly Argument<string> Image = new("IMAGE") { Description = "Name of an image on the server" };
    private static readonly Option<string?> Slot = new("--slot") { Description = "The slot to use; else the best spare one is chosen", HelpName = "S" };
    private static readonly Option<string?> ReuseFs = new("--reuse-fs")
    {
        Description = "Give up the foreign file system with exactly this UUID, which the slot holds", HelpName = "UUID=...",
    };

    private static readonly Option<bool> NoBootEntry = new("--no-boot-entry") { Description = "Leave the boot loader alone: no entry for the slot, and no try" };
    private static readonly Option<bool> NoTry = new("--no-try") { Description = "Add the entry, and do not try the slot at the next start" };
    private static readonly Option<bool> Retry = new("--retry") { Description = "Also a generation that was tried on this PC and failed" };

    internal static System.CommandLine.Command[] All(Verbs verbs) =>
        [verbs.Change("prep", "Put an image onto a spare slot of this PC, with overlay, identity and boot entry (step 9)", Run, Image, Slot, ReuseFs, NoBootEntry, NoTry, Retry, BootCommands.Switch)];

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("prep");
        var image = ImageName.Check(call.Get(Image));
        var source = FetchCommands.Source(call, image);
        Background.Enter();
        MountNamespace.Enter();

        using var one = call.DryRun ? null : FileLock.Take(Path.Combine(call.Pc.Run, "prep.lock"), "prep", inherited: true);
        var look = source.Look();
        var pc = PrepPc.Look(call.Pc);
        if (pc.Holding(image, look.Stamp.Generation) is { } place)
        {
            IReadOnlyList<string> notes = call.Get(Slot) is null ? [] : [$"{place} holds {image} generation {look.Stamp.Generation} already"];
            return call.Carry(new Plan<PlainStep>([], notes), () => { });
        }

        using var boot = call.Get(NoBootEntry) ? null : PrepBoot.Open(call, image, look.Stamp.Generation, call.Get(NoTry));
        if (boot?.Failed is { } failed && !call.Get(Retry))
        {
            IReadOnlyList<string> notes = call.Get(Slot) is null && Console.IsErrorRedirected ? [] : [failed];
            return call.Carry(new Plan<PlainStep>([], notes), () => { });
        }

        return Carry(call, source, look, pc, boot);
    }

    private static int Carry(Invocation call, Linux.Images.ImageSource source, Linux.Images.ImageLook look, PrepPc pc, PrepBoot? boot)
    {
        var needs = new SlotNeeds(call.Pc.AllowLoopDevices, Uuid(call.Get(ReuseFs)));
        var slot = SlotChoice.Pick(pc.Candidates, look.Stamp.Name, call.Get(Slot), needs).Facts;
        var target = new PrepTarget(look.Stamp.Name, look.Stamp.Generation, slot.Name, slot.DevicePath, slot.PartUuid, slot.SizeBytes);
        var journal = PrepPc.JournalOf(call.Pc, slot.Name);
        var start = PrepStart.Of(journal.Load(), target, slot.FileSystem?.Uuid);
        var label = start.Earlier?.Label ?? LabelRule.Choose(target.Image, new PcFileSystems().LabelsBeside(slot.DevicePath));
        var plan = PrepPlan.Make(target, label, start, source.Server, boot?.Place, boot is { Tries: > 0 } ? boot.When.ToString() : null);
        if (start.First <= PrepStage.Format)
        {
            Prompt.Confirm(call, $"format slot {slot.Name} ({slot.DevicePath}, {pc.Describe(slot)}) for {target.Image} generation {target.Generation}");
        }

        return call.Carry(plan with { Notes = [.. plan.Notes, .. boot?.Notes ?? []] }, () =>
        {
            Execute(call, needs, slot, start, label, guard => new PrepWork
            {
                Settings = call.Pc,
                Runner = call.Runner,
                Guard = guard,
                Source = source,
                Look = look,
                Target = target,
                Journal = journal,
                Boot = boot?.Trials,
                Tries = boot?.Tries ?? 0,
                Health = BootCommands.Health(call),
                ApplyOverlay = ApplyOverlay(call),
                Transfer = Screen.Transfer,
                Say = Screen.Say,
                Journalled = CrashPoint.FromEnvironment().Reached,
            });
            boot?.Switch(call, target.Slot);
        }, Done(target, boot));
    }

    private static void Execute(Invocation call, SlotNeeds needs, SlotFacts slot, PrepStart start, string label, Func<SlotGuard, PrepWork> work)
    {
        using var guard = SlotGuard.Take(new SlotFinder(call.Pc), slot, needs, call.Pc.Run);
        new PrepRun(work(guard)).Carry(start, label);
    }

    /// <summary>A process of its own, so that its lock, output and exit code are those of `apply` by hand.</summary>
    private static Command ApplyOverlay(Invocation call) => new(OwnProgram.Path, ["apply", "--json", .. call.NamedConfig is { } file ? ["--config", Path.GetFullPath(file)] : Array.Empty<string>()])
    {
        Limit = TimeSpan.FromHours(2),
    };

    private static string Done(PrepTarget target, PrepBoot? boot) =>
        $"slot {target.Slot} holds {target.Image} generation {target.Generation}; "
        + (boot is null ? "no boot entry"
            : boot.Tries > 0 ? $"it is tried {boot.When}"
            : $"boot entry \"{Allie.Boot.BootEntry.IdOf(target.Slot)}\" added");

    private static string? Uuid(string? typed) =>
        typed is null ? null : AllieUuid.Check(typed.StartsWith("UUID=", StringComparison.Ordinal) ? typed["UUID=".Length..] : typed);
}
