using Allie.Boot;
using Allie.Boot.Switching;
using Allie.Errors;
using Allie.Linux.Processes;

namespace Allie.Linux.Boot.Switching;

/// <summary>Starts the PC anew, never under somebody who is at it, unless that was asked for.</summary>
/// <param name="again">The command that a timer is to run, for a time of the day: this same one with --switch idle.</param>
public sealed class Restart(IRunner runner, BootMethod method, IReadOnlyList<string> again)
{
    /// <summary>Null: it is under way. Else why the PC was not started anew, in a line for people.</summary>
    public string? Carry(SwitchWhen when)
    {
        var there = when.Time == SwitchTime.Idle ? LoggedIn.Look() : [];
        switch (when.Time)
        {
            case SwitchTime.NextBoot:
                return "the next start tries it";
            case SwitchTime.Idle when there.Count > 0:
                return $"not started anew: {string.Join(", ", there)} logged in; the next start tries it";
            case SwitchTime.At:
                runner.RunChecked(
                    new Command("systemd-run", ["--quiet", "--collect", "--unit=allie-switch", $"--on-calendar={when.At}", "--", .. again]),
                    "without systemd: call allie slot boot-next SLOT --switch idle from cron");
                return $"at {when.At} the PC is started anew, if nobody is logged in then";
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
            runner.RunChecked(Directory.Exists("/run/systemd/system") ? new Command("systemctl", "reboot") : new Command("reboot"), "the PC was not started anew; do it by hand");
        }
    }
}
