using System.Diagnostics;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Prep;

/// <summary>
/// Kills without warning. What must hold at every moment (reference of the boot entries): nothing points at a slot that is not complete;
/// the other slot is not written to; and the next run brings it to its end.
/// </summary>
[Collection("loop devices")]
public sealed class PrepKillTests : IDisposable
{
    private readonly TrialPc _pc = new();

    public void Dispose() => _pc.Dispose();

    [Fact]
    public void Fifty_kills_of_client_server_and_rsync_at_random_times_leave_a_pc_that_boots_and_goes_on()
    {
        const int Rounds = 5, KillsEach = 10;
        _pc.Server.PublishForReal();
        _pc.Server.Start();
        var first = Stopwatch.StartNew();
        Assert.Equal(0, _pc.Allie("prep", "deb13", "--slot", "a", "-y").ExitCode);
        var length = first.Elapsed;
        var random = new Random(20261123);
        var (fired, generation) = (0, 1);
        for (var round = 0; round < Rounds; round++)
        {
            var missed = true;
            for (var kill = 0; kill < KillsEach; kill++)
            {
                if (missed)
                {
                    Shell.Run($"cd {_pc.Server.Tree}/usr/share; head -c 3000000 /dev/urandom >big; echo {round} >>doc/file9");
                    _pc.Server.PublishForReal(); // the last run came to its end: there must be something to do for the next
                    generation++;
                }

                missed = !KillOnce(random, length, kill % 4);
                fired += missed ? 0 : 1;
                length *= missed ? 0.9 : 1.02; // the machine may have been busier, or less, in the first run
                AssertNothingPointsAtHalfAnImage();
            }

            var end = Retry(() => _pc.Allie("prep", "deb13", "-y"));
            Assert.True(end.ExitCode == 0, end.Errors);
            AssertNothingPointsAtHalfAnImage();

            // A slot that a killed run still had mounted for a moment may have made the next one choose the other: its journal then stays for the next generation.
            var holding = new[] { (Name: "a", Device: _pc.Disk.SlotA), (Name: "b", Device: _pc.Disk.SlotB) }
                .Single(s => TrialPc.InSlot(s.Device, "cat var/lib/allie/slot.json 2>/dev/null || true").Contains($"\"generation\":{generation},", StringComparison.Ordinal));
            _pc.AssertIsTheImage(holding.Device, generation);
            Assert.False(File.Exists(Path.Combine(_pc.State, "prep", holding.Name + ".json")));
        }

        Assert.True(fired >= Rounds * KillsEach / 2, $"only {fired} kills met a run");
    }

    /// <returns>True when the run was still under way.</returns>
    private bool KillOnce(Random random, TimeSpan length, int victim)
    {
        using var run = _pc.Start("", "prep", "deb13", "-y");
        Task.Delay(length * random.NextDouble() * 0.8).Wait();
        var met = !run.HasExited;
        switch (victim)
        {
            case 0:
                run.Kill();
                break;
            case 1:
                run.Kill(entireProcessTree: true);
                break;
            case 2:
                _pc.Server.Kill();
                _pc.Server.Start();
                run.Kill(entireProcessTree: true);
                break;
            default:
                met &= Shell.Run($"children=$(pgrep -P {run.Id} || true); [ -z \"$children\" ] || {{ kill -9 $children && echo yes; }} || true") == "yes";
                break;
        }

        TrialPc.End(run);
        return met;
    }

    [Fact]
    public void Killed_between_any_two_renames_of_its_last_steps_it_has_a_menu_that_fits_the_slots()
    {
        Assert.SkipUnless(Shell.Run("command -v strace || true").Length > 0, "needs strace");
        _pc.Server.Start();
        File.WriteAllText(Path.Combine(_pc.Grub, "custom.cfg"), "# the administrator's\n");
        Assert.Equal(0, _pc.Allie("prep", "deb13", "--slot", "a", "-y").ExitCode);
        var entries = 0;
        for (var when = 1; ; when++)
        {
            Assert.True(when < 40, "the sweep does not end");
            _pc.Server.Publish(when + 1);
            Assert.Equal(137, _pc.Allie("verify", ["prep", "deb13", "--slot", "a", "--strategy", "in-place", "-y"]).ExitCode);
            _pc.Under = ["strace", "-qq", "-o", "/dev/null", "-e", "trace=renameat,renameat2,rename", "-e", $"inject=renameat,renameat2,rename:signal=KILL:when={when}"];

            var cut = _pc.Allie("prep", "--resume");
            _pc.Under = [];

            AssertNothingPointsAtHalfAnImage();
            Assert.Contains("# the administrator's\n", File.ReadAllText(Path.Combine(_pc.Grub, "custom.cfg")), StringComparison.Ordinal);
            if (cut.ExitCode == 0)
            {
                Assert.True(when > 4, $"only {when - 1} renames were met");
                break;
            }

            Assert.Equal(137, cut.ExitCode);
            entries += File.Exists(Path.Combine(_pc.Grub, "allie.cfg")) ? 1 : 0;
            var again = _pc.Allie("prep", "--resume");
            Assert.True(again.ExitCode == 0, again.Errors);
            AssertNothingPointsAtHalfAnImage();
        }

        Assert.True(entries > 0, "no kill came after the entry was written");
    }

    /// <summary>Of each entry of ours: the slot is complete. GRUB's own file is as it was.</summary>
    private void AssertNothingPointsAtHalfAnImage()
    {
        Assert.StartsWith("set default=0\n", File.ReadAllText(Path.Combine(_pc.Grub, "grub.cfg")), StringComparison.Ordinal);
        var menu = Path.Combine(_pc.Grub, "allie.cfg");
        foreach (var (slot, device) in new[] { ("a", _pc.Disk.SlotA), ("b", _pc.Disk.SlotB) })
        {
            if (File.Exists(menu) && File.ReadAllText(menu).Contains($"--id allie-{slot} ", StringComparison.Ordinal))
            {
                Assert.Contains(TrialPc.Uuid(device), File.ReadAllText(menu), StringComparison.Ordinal);
                Assert.Contains($"\"fsUuid\":\"{TrialPc.Uuid(device)}\"", TrialPc.InSlot(device, "cat var/lib/allie/slot.json"), StringComparison.Ordinal);
            }
        }
    }

    private static (int ExitCode, string Output, string Errors) Retry(Func<(int ExitCode, string Output, string Errors)> run)
    {
        for (var tries = 0; ; tries++)
        {
            var result = run(); // an rsync that outlived a killed run has the lock until it is done
            if (result.ExitCode != 4 || tries > 900)
            {
                return result;
            }

            Task.Delay(200).Wait();
        }
    }
}
