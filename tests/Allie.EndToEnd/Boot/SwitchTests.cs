using Allie.EndToEnd.Prep;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Boot;

/// <summary>When the PC is started anew. /run is the test's own, and the programs that would start this machine anew are its, too.</summary>
[Collection("loop devices")]
public sealed class SwitchTests : IDisposable
{
    private readonly TrialPc _pc = new();
    private readonly string _systemctl;
    private readonly string _timer;
    private readonly string _reboot;

    public SwitchTests()
    {
        _systemctl = _pc.Fake("systemctl", "[ \"$1\" != is-active ]");
        _timer = _pc.Fake("systemd-run", "");
        _reboot = _pc.Fake("reboot", "");
        _pc.Server.Start();
        var done = _pc.Allie("prep", "deb13", "-y", "--no-try");
        Assert.True(done.ExitCode == 0, done.Errors);
        Run("");
    }

    public void Dispose() => _pc.Dispose();

    [Fact]
    public void Idle_starts_a_pc_anew_that_nobody_is_at()
    {
        Run(Session("7", "greeter", "active", "gdm") + Session("8", "user", "closing", "ann"));

        var (code, _, errors) = Next("idle");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("reboot", Calls(_systemctl));
        Assert.Empty(Calls(_timer));
    }

    [Fact]
    public void Idle_waits_for_a_session_of_logind_and_asks_again()
    {
        Run(Session("7", "user", "online", "ann"));

        var (code, _, errors) = Next("idle");

        Assert.Equal(0, code);
        Assert.Contains("ann (tty2) logged in; it is looked at again every five minutes", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("reboot", Calls(_systemctl));
        var asked = Assert.Single(Calls(_timer));
        Assert.Contains("--on-calendar=*:0/5", asked, StringComparison.Ordinal);

        Run(""); // she has gone: what the timer runs
        Assert.Equal(0, _pc.Allie(Again(asked)).ExitCode);
        Assert.Contains("reboot", Calls(_systemctl));
    }

    [Fact]
    public void Somebody_who_logs_in_before_the_time_is_waited_for()
    {
        var (code, _, _) = Next("at 03:30");
        var asked = Assert.Single(Calls(_timer));
        Assert.Equal((0, true), (code, asked.Contains("--on-calendar=03:30", StringComparison.Ordinal)));

        Run(Session("9", "user", "active", "bob"));
        var then = _pc.Allie(Again(asked));

        Assert.Contains("bob (tty2) logged in", then.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("reboot", Calls(_systemctl));
        Assert.Contains("--unit=allie-switch-idle --on-calendar=*:0/5", Calls(_timer)[1], StringComparison.Ordinal); // not at the same time tomorrow
    }

    [Fact]
    public void A_try_that_was_taken_back_meanwhile_is_not_made_by_the_timer()
    {
        Next("at 03:30");
        Assert.Equal(0, _pc.Allie("rollback").ExitCode);

        var then = _pc.Allie(Again(Assert.Single(Calls(_timer))));

        Assert.Equal((0, ""), (then.ExitCode, then.Errors));
        Assert.DoesNotContain("reboot", Calls(_systemctl));
        Assert.Contains("stop allie-switch-*.timer", Calls(_systemctl));
        Assert.DoesNotContain("allie_try=", Shell.Run($"grub-editenv {_pc.Grub}/allie.env list"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_is_waited_for_and_used_also_over_midnight()
    {
        static string Clock(int hours) => DateTime.Now.AddHours(hours).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);

        var before = Next($"at {Clock(2)}-{Clock(4)}");
        Assert.Contains("it is not between", before.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("reboot", Calls(_systemctl));

        Assert.Equal("", Next($"at {Clock(-12)}-{Clock(11)}").Errors); // 23 hours of the day: over midnight whatever the time is now, but for one hour
        Assert.Contains("reboot", Calls(_systemctl));
    }

    [Fact]
    public void Without_systemd_utmp_is_asked_and_the_hourly_prep_asks_again()
    {
        const string NoSystemd = "rm -r /run/systemd";
        Run($"{NoSystemd}; {Login("ann", "$$")}");
        var waiting = Next("idle");
        Assert.Contains("ann (tty1) logged in; the same command looks again", waiting.Errors, StringComparison.Ordinal);

        var hourly = _pc.Allie("prep", "deb13", "-y", "--switch", "idle");
        Assert.Equal((0, "", 0), (hourly.ExitCode, hourly.Output + hourly.Errors, Calls(_reboot).Count));

        Run($"{NoSystemd}; {Login("ann", "999999999")}"); // a stale record: that process is gone
        Assert.Equal(0, _pc.Allie("prep", "deb13", "-y", "--switch", "idle").ExitCode);
        Assert.Single(Calls(_reboot));
    }

    [Fact]
    public void Now_asks_and_names_who_is_there_and_next_boot_does_nothing_more()
    {
        Run(Session("7", "user", "active", "ann"));

        Assert.Contains("with ann (tty2) logged in", Next("now").Errors, StringComparison.Ordinal);
        Assert.Equal(0, Next("next-boot").ExitCode);
        Assert.DoesNotContain("reboot", Calls(_systemctl));
        Assert.Equal(0, _pc.Allie("slot", "boot-next", "a", "--switch", "now", "-y").ExitCode);
        Assert.Contains("reboot", Calls(_systemctl));
    }

    private (int ExitCode, string Output, string Errors) Next(string when) => _pc.Allie("slot", "boot-next", "a", "--switch", when);

    /// <summary>A /run of the test's own with systemd's directories, then the script.</summary>
    private void Run(string script) =>
        _pc.Under = ["bash", "-euc", $"mount -t tmpfs tmpfs /run; mkdir -p /run/systemd/system /run/systemd/sessions; {script}\nexec \"$@\"", "own-run"];

    private static string Session(string id, string kind, string state, string user) =>
        $"printf 'UID=1000\\nUSER={user}\\nSTATE={state}\\nCLASS={kind}\\nTTY=tty2\\n' >/run/systemd/sessions/{id}; ";

    /// <summary>A record of utmp(5): type 7, the process, terminal and name at their places.</summary>
    private static string Login(string user, string process) =>
        $$"""
        python3 -c 'import struct, sys; sys.stdout.buffer.write(struct.pack("<hhi32s4s32s", 7, 0, int(sys.argv[2]), b"tty1", b"", sys.argv[1].encode()).ljust(384, b"\0"))' {{user}} {{process}} >/run/utmp
        """;

    /// <summary>What the timer would run: all behind "--", without the program.</summary>
    private static string[] Again(string call)
    {
        var words = call[(call.IndexOf(" -- ", StringComparison.Ordinal) + 4)..];
        var at = words.IndexOf(" --switch ", StringComparison.Ordinal);
        return [.. words[..at].Split(' ').Skip(1), "--switch", words[(at + " --switch ".Length)..]];
    }

    private static IReadOnlyList<string> Calls(string file) => File.Exists(file) ? File.ReadAllLines(file) : [];
}
