using System.CommandLine;
using Allie.Cli.Boot;
using Allie.Cli.Images;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Images.Fetch;
using Allie.Linux.Mounts;
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
    internal static System.CommandLine.Command[] All(Verbs verbs) =>
    [
        verbs.Change(
            "prep", "Put an image onto a spare slot of this PC, with overlay, identity and boot entry (step 9)", Run,
            PrepOptions.Image, PrepOptions.Slot, PrepOptions.Strategy, PrepOptions.FileSystem, PrepOptions.Bandwidth, PrepOptions.ReuseFs, PrepOptions.NoBootEntry,
            PrepOptions.NoTry, PrepOptions.Retry, BootCommands.Switch, PrepOptions.Status, PrepOptions.Resume, PrepOptions.Abort),
    ];

    /// <summary>One prep at a time: two would choose the same slot, and a label.</summary>
    internal static FileLock Lock(Invocation call) => FileLock.Take(Path.Combine(call.Pc.Run, "prep.lock"), "prep", inherited: true);

    private static int Run(Invocation call)
    {
        Invocation.RequireRoot("prep");
        var typed = call.Get(PrepOptions.Image);
        var modes = new[] { call.Get(PrepOptions.Status), call.Get(PrepOptions.Resume), call.Get(PrepOptions.Abort), typed.Length > 0 }.Count(m => m);
        if (modes != 1)
        {
            throw UserError.Refused("prep takes the name of an image, or one of --status, --resume, --abort", "allie prep IMAGE; the server has: allie image list");
        }

        return call.Get(PrepOptions.Status) ? UnfinishedPreps.Status(call)
            : call.Get(PrepOptions.Abort) ? UnfinishedPreps.Abort(call)
            : call.Get(PrepOptions.Resume) ? Resume(call)
            : Prepare(call, ImageName.Check(typed), call.Get(PrepOptions.Slot));
    }

    private static int Resume(Invocation call) =>
        UnfinishedPreps.Only(call, "--resume") is { } journal
            ? Prepare(call, journal.Image, journal.Slot)
            : call.Carry(new Plan<PlainStep>([]), () => { });

    private static int Prepare(Invocation call, string image, string? wantedSlot)
    {
        var source = FetchCommands.Source(call, image).LimitedTo(PrepOptions.BandwidthOf(call));
        Background.Enter();
        MountNamespace.Enter();

        using var one = call.DryRun ? null : Lock(call);
        var look = source.Look();
        var pc = PrepPc.Look(call.Pc);
        if (pc.Holding(image, look.Stamp.Generation) is { } place)
        {
            PrepBoot.AskAgain(call, pc.SlotHolding(image, look.Stamp.Generation));
            IReadOnlyList<string> notes = wantedSlot is null ? [] : [$"{place} holds {image} generation {look.Stamp.Generation} already"];
            return call.Carry(new Plan<PlainStep>([], notes), () => { });
        }

        using var boot = call.Get(PrepOptions.NoBootEntry) ? null : PrepBoot.Open(call, image, look.Stamp.Generation, call.Get(PrepOptions.NoTry));
        if (boot?.Failed is { } failed && !call.Get(PrepOptions.Retry))
        {
            IReadOnlyList<string> notes = wantedSlot is null && Console.IsErrorRedirected ? [] : [failed];
            return call.Carry(new Plan<PlainStep>([], notes), () => { });
        }

        return Carry(call, source, look, pc, boot, wantedSlot);
    }

    private static int Carry(Invocation call, ImageSource source, ImageLook look, PrepPc pc, PrepBoot? boot, string? wantedSlot)
    {
        var needs = new SlotNeeds(call.Pc.AllowLoopDevices, PrepOptions.ReuseUuid(call)).For(look.Facts);
        var candidate = SlotChoice.Pick(pc.Candidates, look.Stamp.Name, wantedSlot, needs);
        var slot = candidate.Facts;
        var target = new PrepTarget(look.Stamp.Name, look.Stamp.Generation, slot.Name, slot.DevicePath, slot.PartUuid, slot.SizeBytes);
        var journal = PrepPc.JournalOf(call.Pc, slot.Name);
        var start = PrepStart.Of(journal.Load(), target, slot.FileSystem?.Uuid);
        var fileSystem = start.Earlier?.FileSystem ?? PrepOptions.FileSystemOf(call);
        source = source.LimitedTo(source.Bandwidth ?? start.Earlier?.Bandwidth);
        var way = Way(call, pc, target, candidate, fileSystem, look, start);
        var label = start.Earlier?.Label ?? (way.Strategy == FetchStrategy.InPlace
            ? slot.FileSystem!.Label
            : LabelRule.Choose(target.Image, new PcFileSystems().LabelsBeside(slot.DevicePath), MakeFileSystem.MostLabelBytes(fileSystem)));
        var server = source.Server + (source.Bandwidth is { } most ? $", at most {most} bytes a second" : "");
        var plan = PrepPlan.Make(target, label, fileSystem, start, way, server, boot?.Place, boot is { Tries: > 0 } ? boot.When.ToString() : null);
        if (start.First <= PrepStage.Format)
        {
            var verb = way.Strategy == FetchStrategy.InPlace ? "overwrite" : "format";
            Prompt.Confirm(call, $"{verb} slot {slot.Name} ({slot.DevicePath}, {pc.Describe(slot)}) for {target.Image} generation {target.Generation}");
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
                Way = way,
                FileSystem = fileSystem,
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

    /// <summary>A run that is taken up goes the way that it began; what is typed now cannot change it any more.</summary>
    private static FetchWay Way(
        Invocation call, PrepPc pc, PrepTarget target, SlotCandidate slot, string fileSystem, ImageLook look, PrepStart start) =>
        start.Earlier is { } earlier
            ? new(earlier.Strategy, null, "as it was begun")
            : StrategyChoice.Choose(target, slot, fileSystem, look.Facts, pc.SeedsBeside(slot.Facts.Name), PrepOptions.StrategyOf(call));

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

}
