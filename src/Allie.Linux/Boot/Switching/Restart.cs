using Allie.Boot;
using Allie.Boot.Switching;
using Allie.Linux.Processes;

namespace Allie.Linux.Boot.Switching;

/// <summary>Starts the PC anew, never under somebody who is at it, unless that was asked for.</summary>
/// <param name="again">The command that a timer is to run, without its --switch: it does nothing when the try was taken back meanwhile. Empty: nobody asks again.</param>
public sealed class Restart(IRunner runner, BootMethod method, IReadOnlyList<string> again)
{
    private const string Unit = "allie-switch";
    private const string EveryFiveMinutes = "*:0/5";

    private static bool HasSystemd => Directory.Exists("/run/systemd/system");

    /// <summary>Null: it is under way. Else why the PC was not started anew, in a line for people.</summary>
    public string? Carry(SwitchWhen when)
    {
        switch (when.Time)
        {
            case SwitchTime.NextBoot:
                return "the next start tries it";
            case SwitchTime.At:
                Ask(when, when.At, new(SwitchTime.Idle), "without systemd: call allie slot boot-next SLOT --switch idle from cron");
                return $"at {when.At} the PC is started anew, if nobody is logged in then";
            case SwitchTime.Idle or SwitchTime.Within when NotNow(when) is { } why:
                var asks = HasSystemd && again.Count > 0;
                if (asks)
                {
                    Ask(when, EveryFiveMinutes, when, "the next start tries it all the same");
                }

                return $"not started anew: {why}; {(asks ? "it is looked at again every five minutes" : "the same command looks again")}{(method == BootMethod.Kexec ? "" : ", and the next start does it in any case")}";
            default:
                Now();
                return null;
        }
    }

    public void Now()
    {
        if (method == BootMethod.Kexec)
        {
            Kexec.Switch(runner);
        }
        else
        {
            runner.RunChecked(HasSystemd ? new Command("systemctl", "reboot") : new Command("reboot"), "the PC was not started anew; do it by hand");
        }
    }

    /// <summary>Nothing is to be asked any more.</summary>
    public void Forget()
    {
        if (HasSystemd)
        {
            runner.Run(new Command("systemctl", ["stop", Unit + "-*.timer"]));
        }
    }

    private static string? NotNow(SwitchWhen when) =>
        !when.Allows(TimeOnly.FromDateTime(DateTime.Now)) ? $"it is not between {when.At} and {when.Until}"
        : LoggedIn.Look() is { Count: > 0 } there ? $"{string.Join(", ", there)} logged in"
        : null;

    /// <summary>
    /// A transient timer: it is gone with the next start. Its name says when, since the one of a time of the day asks by another for as long as
    /// somebody is there. What was asked for last counts.
    /// </summary>
    private void Ask(SwitchWhen when, string calendar, SwitchWhen then, string hint)
    {
        var unit = $"{Unit}-{when.Form.Replace(' ', '-')}";
        if (!HasSystemd || !runner.Run(new Command("systemctl", ["is-active", "--quiet", unit + ".timer"])).Ok)
        {
            Forget();
            runner.RunChecked(new Command("systemd-run", ["--quiet", "--collect", "--unit=" + unit, "--on-calendar=" + calendar, "--", .. again, "--switch", then.Form]), hint);
        }
    }
}
