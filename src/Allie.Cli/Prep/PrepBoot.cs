using Allie.Boot;
using Allie.Boot.Switching;
using Allie.Boot.Trying;
using Allie.Cli.Boot;
using Allie.Cli.Output;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Linux.Boot;

namespace Allie.Cli.Prep;

/// <summary>The boot loader's side of a prep, looked at before anything is written: a PC that could not show or try the slot is told so now.</summary>
internal sealed record PrepBoot(Trials Trials, SwitchWhen When, int Tries, string? Failed, IReadOnlyList<string> Notes) : IDisposable
{
    /// <summary>"grub: /boot/grub", for the plan.</summary>
    internal string Place => $"{Trials.Home.Verdict.Method.Name()}: {Trials.Home.Method.Files.Path}";

    /// <exception cref="UserError">Exit 2: no boot loader that can be used, or the running image is itself still being tried.</exception>
    internal static PrepBoot Open(Invocation call, string image, int generation, bool noTry)
    {
        var asked = call.Get(BootCommands.Switch);
        var when = SwitchWhen.Parse(asked);
        var home = BootHome.Open(call.Pc, call.Runner);
        try
        {
            home.Method.Check();
            var trials = new Trials(home, new(call.Pc));
            var notes = new List<string>();
            if (trials.View() == TrialView.Running)
            {
                throw UserError.Refused("the running image is being tried and has not confirmed itself: the one to fall back to is kept", "allie confirm, or allie commit");
            }

            if (!call.DryRun && trials.Settle() is { } settled)
            {
                notes.Add(settled);
            }

            var tries = noTry ? 0 : call.Pc.BootTries;
            if (tries > 0 && home.Method.TryRefusal is { } refusal)
            {
                if (asked is not null)
                {
                    throw UserError.Refused($"a slot cannot be tried on this PC: {refusal}", "leave --switch out: the slot then gets an entry to choose by hand");
                }

                notes.Add($"the slot gets an entry and is not tried: {refusal}");
                tries = 0;
            }

            var failed = home.Read().Failure(image, generation);
            return new(trials, when, tries, failed is null ? null : $"{image} generation {generation} was tried here and failed ({failed.Reason}); --retry tries it again", notes);
        }
        catch
        {
            home.Dispose();
            throw;
        }
    }

    /// <summary>Once all is written.</summary>
    internal void Switch(Invocation call, string slot)
    {
        if (Tries > 0 && When.Time != SwitchTime.NextBoot)
        {
            Trials.Home.Dispose();
            if (BootNextCommand.Restart(call, Trials.Home.Method.Method, slot).Carry(When) is { } said)
            {
                Screen.Say("allie: " + said);
            }
        }
    }

    /// <summary>An hourly run that finds the image there and still untried: nobody may be logged in by now. Silent when somebody is.</summary>
    internal static void AskAgain(Invocation call, string? slot)
    {
        var when = SwitchWhen.Parse(call.Get(BootCommands.Switch));
        if (slot is null || call.DryRun || when.Time is not (SwitchTime.Idle or SwitchTime.Within))
        {
            return;
        }

        using var home = BootHome.Open(call.Pc, call.Runner);
        if (home.Method.State().Armed == slot)
        {
            home.Dispose();
            BootNextCommand.Restart(call, home.Method.Method, slot).Carry(when);
        }
    }

    public void Dispose() => Trials.Home.Dispose();
}
