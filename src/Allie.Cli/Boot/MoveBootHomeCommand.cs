using System.CommandLine;
using Allie.Boot;
using Allie.Boot.Moving;
using Allie.Boot.Trying;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Boot;
using Allie.Linux.Boot.Moving;
using Allie.Linux.Mounts;
using Allie.Linux.Processes;
using Allie.Plans;
using Command = Allie.Linux.Processes.Command;

namespace Allie.Cli.Boot;

/// <summary>`slot boot-home --to`, `--undo`: the boot loader's files leave a slot, so that it can be filled like any other.</summary>
internal static class MoveBootHomeCommand
{
    internal static readonly Option<string?> To = new("--to") { Description = "Move GRUB's files to this partition, or into this slot (a committed one)", HelpName = "DEVICE|SLOT" };
    internal static readonly Option<bool> Undo = new("--undo") { Description = "Take the last move back" };

    internal static int Run(Invocation call)
    {
        Invocation.RequireRoot("boot-home");
        MountNamespace.Enter();
        if (call.Get(Undo))
        {
            return call.Get(To) is null ? TakeBack(call) : throw UserError.Refused("--to and --undo exclude each other", "allie slot boot-home -h");
        }

        var mover = new BootHomeMover(call.Pc, call.Runner, BootCrash.FromEnvironment());
        var cut = BootHomeMover.Journal(call.Pc).Load() is { Done: false } journal ? journal : null;
        if (cut is not null)
        {
            if (call.DryRun)
            {
                return call.Carry(new Plan<PlainStep>([new("undo", BootHomeName.Of(cut.To)!.ToString(), "a move was cut short: it is taken back, and made anew")]), () => { });
            }

            Screen.Say("allie: a move was cut short: it is taken back first");
            mover.Undo(cut);
        }

        using var home = BootCommands.Open(call, "boot-home", BootCommands.WantedMethod(call));
        Refuse(home, new Trials(home, new(call.Pc)).View());
        var grub = home.Name!.Path.EndsWith("/grub2", StringComparison.Ordinal) ? "grub2" : "grub";
        var tool = grub + "-install";
        using var target = BootHomeTarget.Open(call.Pc, call.Get(To)!, home.Name!, home.Method.State().Default, grub, call.DryRun);
        var planned = BootHomePlan.Make(home, target, call.Pc);
        if (planned.Disks.Count > 0)
        {
            RequireTool(call, tool);
        }

        var plan = new Plan<PlainStep>(
        [
            new("copy", target.Name.ToString(), $"GRUB, its menu, and the entries that are in {home.Name}"),
            .. planned.Disks.Select(d => new PlainStep("core image", d.Disk, $"a second one, beside the one at sector {d.OldCore}, which stays")),
            new("note", home.Method.Files.Show(MovedGrub.NoteName), "by which the other systems of this PC find the new place"),
            .. planned.Disks.Select(d => new PlainStep("switch", d.Disk, "one sector: its boot sector starts the second core image; allie slot boot-home --undo puts it back")),
            .. planned.Stubs.Select(s => new PlainStep("switch", s.Path, "on the EFI system partition: it leads to the new place; --undo puts it back")),
            new("remove", home.Method.Files.Path, "our own files; what the distribution has there stays"),
        ]);
        Prompt.Confirm(call, $"move the boot loader's files from {home.Name} to {target.Partition.Node}");
        return call.Carry(plan, () => mover.Carry(home, target, planned, tool), $"the boot loader reads {target.Name} from the next start on");
    }

    private static int TakeBack(Invocation call)
    {
        if (BootHomeMover.Journal(call.Pc).Load() is not { } journal)
        {
            return call.Carry(new Plan<PlainStep>([], ["no move was made from this system"]), () => { });
        }

        if (journal.Done)
        {
            using var now = BootCommands.Open(call, "boot-home");
            if (now.Name?.Argument != journal.To || BootHomeMover.ChangedSince(journal, now.Method.Files) is not null)
            {
                throw UserError.Refused("slots were prepared, tried or committed since the move, which would be lost", "move it back as it is now: allie slot boot-home --to, with the old partition");
            }
        }

        var back = BootHomeName.Of(journal.From)?.ToString() ?? journal.From;
        var plan = new Plan<PlainStep>([new("undo", back, "boot sectors, EFI stubs and files as they were, byte for byte")]);
        Prompt.Confirm(call, $"let the boot loader read {back} again");
        return call.Carry(plan, () => new BootHomeMover(call.Pc, call.Runner, BootCrash.FromEnvironment()).Undo(journal), $"the boot loader reads {back} again");
    }

    private static void Refuse(BootHome home, TrialView view)
    {
        if (home.Method.Method != BootMethod.Grub)
        {
            throw UserError.Refused(
                $"only GRUB's files can be moved; those of {home.Method.Method.Name()} are {(home.Method.Method == BootMethod.Extlinux ? "found by sector numbers in its own boot sector" : "on the EFI system partition, which is no slot")}",
                home.Method.Method == BootMethod.Extlinux ? "extlinux --install in the other partition, and make that one active" : "there is nothing to move");
        }

        if (home.Name is null)
        {
            throw UserError.Refused($"{home.Method.Files.Path} is on no partition, so nothing tells what starts it", "is [boot] grub in allie.toml right?");
        }

        if (view != TrialView.None)
        {
            throw UserError.Refused("a slot is being tried: its way back must stay as it is", "after allie commit, or allie rollback");
        }
    }

    /// <exception cref="UserError">Exit 2: a BIOS disk needs it, and it is not here.</exception>
    private static void RequireTool(Invocation call, string tool)
    {
        try
        {
            call.Runner.RunChecked(new Command(tool, "--version"));
        }
        catch (UserError e)
        {
            throw UserError.Refused($"cannot make a core image: {e.Message}", "install GRUB's tools (grub2-common; Fedora, SUSE: grub2-tools, grub2) in the running image");
        }
    }
}
