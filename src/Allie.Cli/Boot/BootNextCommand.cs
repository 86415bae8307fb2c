using System.CommandLine;
using Allie.Boot;
using Allie.Boot.Grub;
using Allie.Boot.Switching;
using Allie.Boot.Trying;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Boot;
using Allie.Linux.Boot.Switching;
using Allie.Linux.Processes;
using Allie.Linux.Slots;
using Allie.Plans;

namespace Allie.Cli.Boot;

/// <summary>`slot boot-next S`: by hand what prep does at its end; also the way to try an image again that failed.</summary>
internal static class BootNextCommand
{
    internal static readonly Argument<string> Slot = new("SLOT") { Description = "A slot that holds a complete image" };
    internal static readonly Option<int?> Tries = new("--tries") { Description = "Start it so often at most before it has confirmed itself (1 to 3; more than 1 with GRUB only)", HelpName = "N" };

    /// <summary>For the timer: a try that was taken back meanwhile is not set again.</summary>
    internal static readonly Option<bool> IfArmed = new("--if-armed") { Description = "Only start the PC anew, if the slot is still set to be tried", Hidden = true };

    internal static int Run(Invocation call)
    {
        var when = SwitchWhen.Parse(call.Get(BootCommands.Switch));
        using var home = BootCommands.Open(call, "boot-next", BootCommands.WantedMethod(call));
        var trials = new Trials(home, new(call.Pc));
        var slot = new SlotFinder(call.Pc).Get(call.Get(Slot));
        if (call.Get(IfArmed) && !(home.Method.Method == BootMethod.Kexec ? Kexec.IsLoaded : home.Method.State().Armed == slot.Name))
        {
            Restart(call, home.Method.Method, slot.Name).Forget();
            return call.Carry(new Plan<PlainStep>([]), () => { });
        }

        var tries = CheckedTries(call, home);
        Refuse(home, slot, trials, when);
        home.Method.Check();
        using var opened = SlotOpening.Open(call.Pc, slot, home.Name);
        var again = home.Method.State().Armed == slot.Name;
        var plan = new Plan<PlainStep>(
        [
            new("entry", home.Method.Files.Path, $"{opened.Entry.Title}; {home.Verdict}"),
            new("try", $"slot {slot.Name}", $"at most {tries} time{(tries == 1 ? "" : "s")}, {when}; then back, unless it confirms itself"),
        ]);
        if (when.Time == SwitchTime.Now)
        {
            var there = LoggedIn.Look();
            Prompt.Confirm(call, there.Count > 0 ? $"start this PC anew now, with {string.Join(", ", there)} logged in" : "start this PC anew now");
        }

        return call.Carry(plan, () =>
        {
            if (!again || when.Time is SwitchTime.NextBoot or SwitchTime.Now)
            {
                trials.Settle();
                trials.Stage(opened);
                trials.Arm(opened, tries, BootCommands.Health(call).Baseline());
            }

            opened.Dispose();
            home.Dispose();
            if (Restart(call, home.Method.Method, slot.Name).Carry(when) is { } said && when.Time != SwitchTime.NextBoot)
            {
                Screen.Say("allie: " + said);
            }
        }, $"slot {slot.Name} ({opened.Stamp.Name} generation {opened.Stamp.Generation}) is tried {when}");
    }

    internal static Restart Restart(Invocation call, BootMethod method, string slot) =>
        new(call.Runner, method, [new FileInfo(OwnProgram.Path).LinkTarget ?? "allie", "slot", "boot-next", slot, "--if-armed", .. method == BootMethod.Kexec ? ["--method", method.Name()] : Array.Empty<string>(), .. BootCommands.Config(call)]);

    private static int CheckedTries(Invocation call, BootHome home)
    {
        var tries = call.Get(Tries) ?? (home.Method.Method == BootMethod.Grub ? call.Pc.BootTries : 1);
        return tries is < 1 or > GrubTry.Most ? throw UserError.Refused($"{tries} tries are not possible", $"1 to {GrubTry.Most}")
            : tries > 1 && home.Method.Method != BootMethod.Grub ? throw UserError.Refused($"{home.Method.Method.Name()} gives a slot one try", "leave --tries out")
            : tries;
    }

    private static void Refuse(BootHome home, Allie.Slots.SlotFacts slot, Trials trials, SwitchWhen when)
    {
        if (slot.IsRunningRoot)
        {
            throw UserError.Refused($"slot {slot.Name} is the running image", trials.View() == TrialView.Running ? "to keep it: allie commit" : "nothing is to be tried");
        }

        if (home.Method.TryRefusal is { } refusal)
        {
            throw UserError.Refused(
                $"slot {slot.Name} cannot be tried: {refusal}", "--method boot-next (UEFI) or --method kexec tries it without GRUB; or give the PC a small ext4 /boot partition");
        }

        if (home.Method.Method == BootMethod.Kexec && when.Time is SwitchTime.NextBoot or SwitchTime.At or SwitchTime.Within)
        {
            throw UserError.Refused("kexec starts a slot now or not at all: what it loads is gone at the next start", "--switch now, or --switch idle");
        }
    }
}
