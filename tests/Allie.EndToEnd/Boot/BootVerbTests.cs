using System.Text.Json.Nodes;
using Allie.EndToEnd.Prep;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Boot;

[Collection("loop devices")]
public sealed class BootVerbTests : IDisposable
{
    private readonly TrialPc _pc = new();

    public void Dispose() => _pc.Dispose();

    [Fact]
    public void Prep_arms_the_slot_and_rollback_takes_the_try_back()
    {
        Prepared();

        Assert.Equal("allie_try=allie-a\nallie_tries=1\nallie_canary=0", Env());
        Assert.Equal(("Trying", 1), Record("a"));
        var doctor = JsonNode.Parse(_pc.Allie("doctor", "--json").Output)!["rows"]!.AsArray();
        Assert.Contains("slot a is tried at the next start", doctor.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["boot home"], doctor.Where(r => !(bool)r!["ok"]!).Select(r => (string)r!["name"]!)); // of this PC: GRUB's files are in a plain directory
        Assert.Equal(3, _pc.Allie("rollback", "-n").ExitCode);
        var back = _pc.Allie("rollback");

        Assert.True(back.ExitCode == 0, back.Errors);
        Assert.Equal("allie_canary=0", Env());
        Assert.Equal("Bad", Record("a").State);
        Assert.Contains("taken back by hand", File.ReadAllText(_pc.Grub + "/allie.log"), StringComparison.Ordinal);
        Assert.Equal(2, _pc.Allie("commit").ExitCode);
    }

    [Fact]
    public void A_generation_that_failed_is_only_prepared_again_when_asked_for()
    {
        Prepared();
        Assert.Equal(0, _pc.Allie("rollback").ExitCode);
        Shell.Run($"wipefs -qa {_pc.Disk.SlotA}"); // nothing holds the generation any more

        var hourly = _pc.Allie("prep", "deb13", "-y");
        var told = _pc.Allie("prep", "deb13", "-y", "--slot", "a", "-n");
        var retried = _pc.Allie("prep", "deb13", "-y", "--retry");

        Assert.Equal((0, "", ""), hourly);
        Assert.Contains("was tried here and failed", told.Errors, StringComparison.Ordinal);
        Assert.True(retried.ExitCode == 0, retried.Errors);
        Assert.Contains("allie_try=allie-a", Env(), StringComparison.Ordinal);
    }

    [Fact]
    public void By_hand_a_slot_is_armed_for_as_many_starts_as_asked()
    {
        Prepared("--no-try");
        Assert.DoesNotContain("allie_try", Env(), StringComparison.Ordinal);

        var dry = _pc.Allie("slot", "boot-next", "a", "-n");
        var two = _pc.Allie("slot", "boot-next", "a", "--tries", "2", "--json");

        Assert.Equal(3, dry.ExitCode);
        Assert.Equal("changed", (string)JsonNode.Parse(two.Output)!["result"]!);
        Assert.Contains("allie_tries=2", Env(), StringComparison.Ordinal);
        Assert.Equal(2, _pc.Allie("slot", "boot-next", "a", "--tries", "4").ExitCode);
        Assert.Contains("holds no complete image", _pc.Allie("slot", "boot-next", "b").Errors, StringComparison.Ordinal);
        Assert.Equal(2, _pc.Allie("slot", "boot-next", "a", "--switch", "tomorrow").ExitCode);
        Assert.Contains("needs UEFI", _pc.Allie("slot", "boot-next", "a", "--method", "boot-next").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_killed_while_the_boot_home_is_frozen_leaves_it_thawed()
    {
        Prepared("--no-try");

        var cut = _pc.Allie("frozen", ["slot", "boot-next", "a"]);

        Assert.Equal(137, cut.ExitCode);
        Assert.Contains("was ended while", cut.Errors, StringComparison.Ordinal); // the guard's word: it was frozen, and is not any more
        Shell.Run($"timeout 20 sh -c 'echo x >{_pc.Grub}/written && sync {_pc.Grub}/written && rm {_pc.Grub}/written'");
        var again = _pc.Allie("slot", "boot-next", "a");
        Assert.True(again.ExitCode == 0, again.Errors);
    }

    [Fact]
    public void A_run_whose_whole_control_group_is_killed_while_the_boot_home_is_frozen_leaves_it_thawed()
    {
        var top = File.Exists("/sys/fs/cgroup/cgroup.controllers") ? "/sys/fs/cgroup" : "/sys/fs/cgroup/unified";
        var group = $"{top}/allie-test-{Environment.ProcessId}";
        Prepared("--no-try");
        Shell.Run($"mkdir {group}");
        try
        {
            Assert.SkipUnless(File.Exists(group + "/cgroup.kill"), "needs cgroup.kill of Linux 5.14");
            _pc.Under = ["bash", "-euc", $"echo $$ >{group}/cgroup.procs; exec \"$@\"", "in-group"];

            var cut = _pc.Allie("frozen-group", ["slot", "boot-next", "a"]);

            Assert.Equal(137, cut.ExitCode);
            Assert.Contains("was ended while", cut.Errors, StringComparison.Ordinal);
            Shell.Run($"timeout 20 sh -c 'echo x >{_pc.Grub}/written && sync {_pc.Grub}/written && rm {_pc.Grub}/written'");
        }
        finally
        {
            Shell.Run($"fsfreeze -u {_pc.Grub} 2>/dev/null || true; rmdir {group}");
        }
    }

    [Fact]
    public void A_power_cut_at_any_change_of_the_boot_files_is_made_good_by_the_next_run()
    {
        Prepared("--no-try");
        var cuts = 0;
        for (var n = 1; ; n++)
        {
            var cut = _pc.Allie($"boot:{n}", ["slot", "boot-next", "a"]);
            Shell.Run($"grub-script-check {_pc.Grub}/allie.cfg; grub-script-check {_pc.Grub}/custom.cfg; grub-editenv {_pc.Grub}/allie.env list");
            if (cut.ExitCode == 0)
            {
                break;
            }

            Assert.Equal(137, cut.ExitCode);
            cuts++;
            Assert.Equal(0, _pc.Allie("slot", "boot-next", "a").ExitCode);
            Assert.Equal("allie_try=allie-a\nallie_tries=1\nallie_canary=0", Env());
            Assert.Equal(0, _pc.Allie("rollback").ExitCode);
        }

        Assert.InRange(cuts, 3, 12);
    }

    private void Prepared(params string[] more)
    {
        _pc.Server.Start();
        var done = _pc.Allie(["prep", "deb13", "-y", .. more]);
        Assert.True(done.ExitCode == 0, done.Errors);
    }

    private string Env() => Shell.Run($"grub-editenv {_pc.Grub}/allie.env list");

    private (string State, int Generation) Record(string slot) =>
        JsonNode.Parse(File.ReadAllText(_pc.Grub + "/allie.json"))!["slots"]![slot] is { } row ? ((string)row["state"]!, (int)row["generation"]!) : ("", 0);
}
