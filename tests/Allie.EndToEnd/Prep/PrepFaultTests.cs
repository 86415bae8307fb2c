using System.Diagnostics;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Prep;

[Collection("loop devices")]
public sealed class PrepFaultTests : IDisposable
{
    private const int Slow = 300; // kilobytes a second: the image then takes some ten seconds

    private readonly TrialPc _pc = new();

    public void Dispose() => _pc.Dispose();

    [Fact]
    public void A_server_that_is_killed_in_the_middle_leaves_a_run_to_go_on_with()
    {
        _pc.Server.Start(Slow);
        using var run = _pc.Start("", "prep", "deb13", "-y");
        WaitForData(run);

        _pc.Server.Kill();
        var cut = TrialPc.End(run);

        Assert.Equal(5, cut.ExitCode);
        Assert.True(_pc.JournalIsThere);
        Assert.Equal(["grub.cfg"], _pc.GrubFiles);
        _pc.Server.Start();
        var again = _pc.Allie("prep", "deb13");
        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.DoesNotContain("format", again.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_prep_at_once_says_who_is_at_work()
    {
        _pc.Server.Start(Slow);
        using var first = _pc.Start("", "prep", "deb13", "-y");
        WaitForData(first);

        var second = _pc.Allie("prep", "deb13", "-y");

        Assert.Equal(4, second.ExitCode);
        Assert.Matches(@"prep is in use by process \d+ ", second.Errors);
        Assert.False(first.HasExited, "the first run was over: nothing was proved");
        first.Kill(entireProcessTree: true);
        first.WaitForExit();
    }

    [Fact]
    public void A_run_that_is_killed_is_taken_up_once_its_rsync_is_gone()
    {
        _pc.Server.Start(Slow);
        using var first = _pc.Start("", "prep", "deb13", "-y");
        WaitForData(first);

        first.Kill();
        first.WaitForExit();
        var meanwhile = _pc.Allie("prep", "deb13", "-y");
        _pc.Server.Kill();
        _pc.Server.Start();
        var again = Retry(() => _pc.Allie("prep", "deb13", "-y"));

        Assert.Equal(4, meanwhile.ExitCode); // the orphan still writes to the slot and holds the lock
        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.DoesNotContain("format", again.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_does_not_answer_is_exit_code_5_and_nothing_is_touched()
    {
        var disk = TrialPc.Sum(_pc.Disk.Device);

        var failed = _pc.Allie("prep", "deb13", "-y");

        Assert.Equal((5, disk), (failed.ExitCode, TrialPc.Sum(_pc.Disk.Device)));
    }

    [Fact]
    public void An_empty_or_unknown_image_is_an_error_and_nothing_is_touched()
    {
        _pc.Server.Start();
        var disk = TrialPc.Sum(_pc.Disk.Device);
        var unknown = _pc.Allie("prep", "deb14", "-y");
        Shell.Run($"mv {_pc.Server.Tree} {_pc.Server.Tree}.away; mkdir {_pc.Server.Tree}");

        var empty = _pc.Allie("prep", "deb13", "-y");

        Assert.Contains("has no image 'deb14'", unknown.Errors, StringComparison.Ordinal);
        Assert.Contains("is empty", empty.Errors, StringComparison.Ordinal);
        Assert.Equal((1, 1, disk), (unknown.ExitCode, empty.ExitCode, TrialPc.Sum(_pc.Disk.Device)));
    }

    /// <summary>Until the slot has a good part of the image and the transfer still runs.</summary>
    private void WaitForData(Process run) => Until(() => _pc.JournalDone is "Format" or "Seed" && TrialPc.BytesMoved(run.Id) > 1_000_000, "the transfer did not begin");

    private static (int ExitCode, string Output, string Errors) Retry(Func<(int ExitCode, string Output, string Errors)> run)
    {
        var result = run();
        Until(() => result.ExitCode != 4 || (result = run()).ExitCode != 4, "the lock was never free");
        return result;
    }

    private static void Until(Func<bool> happened, string otherwise)
    {
        for (var tries = 0; !happened(); tries++)
        {
            Assert.True(tries < 600, otherwise);
            Task.Delay(100).Wait();
        }
    }
}
