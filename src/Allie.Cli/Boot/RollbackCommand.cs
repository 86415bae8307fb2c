using Allie.Boot.Switching;
using Allie.Boot.Trying;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Boot;
using Allie.Linux.Boot.Switching;
using Allie.Linux.Slots;
using Allie.Plans;

namespace Allie.Cli.Boot;

/// <summary>`rollback`: ends a try that is set or running; else back to what was the default before the last commit.</summary>
internal static class RollbackCommand
{
    internal static int Run(Invocation call)
    {
        var when = SwitchWhen.Parse(call.Get(BootCommands.Switch));
        if (when.Time is SwitchTime.At or SwitchTime.Within)
        {
            throw UserError.Refused("nobody would ask again for a rollback", "--switch now, idle (once), or next-boot");
        }

        using var home = BootCommands.Open(call, "rollback");
        var trials = new Trials(home, new(call.Pc));
        if (when.Time == SwitchTime.Now)
        {
            Prompt.Confirm(call, "start this PC anew now");
        }

        var (plan, carry, done) = trials.View() is TrialView.Pending or TrialView.Running ? EndTry(trials) : Back(call, home, trials);
        return call.Carry(plan, () =>
        {
            carry();
            home.Dispose();
            if (when.Time != SwitchTime.NextBoot && new Restart(call.Runner, Allie.Boot.BootMethod.Grub, []).Carry(when) is { } said)
            {
                Screen.Say("allie: " + said);
            }
        }, done);
    }

    private static (Plan<PlainStep> Plan, Action Carry, string Done) EndTry(Trials trials)
    {
        var slot = trials.Home.Read().Trying!;
        return (
            new([new("disarm", $"slot {slot}", "its try is taken back")]), () => trials.Fail(slot, "taken back by hand (allie rollback)"),
            $"slot {slot} is not tried; this PC starts what it started before");
    }

    /// <summary>A slot that has lost its kernel is no place to go back to.</summary>
    private static (Plan<PlainStep> Plan, Action Carry, string Done) Back(Invocation call, BootHome home, Trials trials)
    {
        var to = trials.Before();
        var what = to is null ? "what this PC booted before ALLiE" : $"slot {to}";
        if (to is not null)
        {
            using var opened = SlotOpening.Open(call.Pc, new SlotFinder(call.Pc).Get(to), home.Name);
            what += $" ({opened.Stamp.Name} generation {opened.Stamp.Generation})";
        }

        return (new([new("default", what, $"as before the last commit; {home.Verdict}")]), () => trials.RollBack(to), $"{what} is started from now on");
    }
}
