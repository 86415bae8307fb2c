using System.Diagnostics;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Prep;

/// <summary>
/// The slot's file system is shut down under a running prep, as when the power goes: what was not flushed is lost. Then the machine "starts
/// again": its journal is on another disk and may know less than the slot, never more.
/// </summary>
[Collection("loop devices")]
public sealed class PowerCutTests : IDisposable
{
    private const int Slow = 700;
    private TrialPc _pc = null!;

    public void Dispose() => _pc?.Dispose();

    [Theory]
    [InlineData("ext4", "full", "-c shutdown")]
    [InlineData("ext4", "full", "-c 'shutdown -f'")]
    [InlineData("ext4", "in-place", "-c shutdown")]
    [InlineData("xfs", "full", "-c shutdown")]
    [InlineData("xfs", "in-place", "-c 'shutdown -f'")]
    [InlineData("btrfs", "full", "platter")]
    [InlineData("btrfs", "in-place", "platter")]
    public void A_power_cut_in_the_middle_of_a_fetch_leaves_a_slot_that_nothing_starts_and_that_is_resumed(string type, string strategy, string cut)
    {
        _pc = new(type == "xfs" ? 320 : type == "btrfs" ? 256 : 96, type == "btrfs");
        _pc.Server.PublishForReal();
        var generation = 1;
        if (strategy == "in-place")
        {
            _pc.Server.Start();
            Assert.Equal(0, _pc.Allie("prep", "deb13", "--slot", "a", "--file-system", type, "-y").ExitCode);
            _pc.Server.Kill();
            Shell.Run($"cd {_pc.Server.Tree}/usr/share; head -c 6000000 /dev/urandom >big; echo more >>doc/file9");
            _pc.Server.PublishForReal();
            generation = 2;
        }

        _pc.Server.Start(Slow);
        using var run = _pc.Start("", "prep", "deb13", "--slot", "a", "--file-system", type, "--strategy", strategy, "-y");
        Until(() => _pc.JournalDone is "Format" or "Seed" && MountOf(run.Id) is not null && TrialPc.BytesMoved(run.Id) > (strategy == "in-place" ? 200_000 : 1_000_000));
        Shell.Run("sleep 1.5");

        if (cut == "platter")
        {
            CutOffFromThePlatter(run);
        }
        else
        {
            Shell.Run($"nsenter -t {run.Id} -m xfs_io -x {cut} {MountOf(run.Id)}");
            var ended = TrialPc.End(run);
            Assert.True(ended.ExitCode is 1 or 5, $"{ended.ExitCode}: {ended.Errors}");
        }

        Assert.Equal(["grub.cfg"], _pc.GrubFiles.Except(["allie.log"]));
        Assert.Equal("", TrialPc.InSlot(_pc.Disk.SlotA, "cat var/lib/allie/slot.json 2>/dev/null | grep '\"generation\":" + generation + "' || true"));
        _pc.Server.Kill();
        _pc.Server.Start();
        var again = _pc.Allie("prep", "--resume");
        Assert.True(again.ExitCode == 0, again.Errors);
        _pc.AssertIsTheImage(_pc.Disk.SlotA, generation);
    }

    /// <summary>btrfs knows no shutdown: the disk as it is at this instant is what the next start finds, whatever the kernel writes later.</summary>
    private void CutOffFromThePlatter(Process run)
    {
        var platter = Path.Combine(_pc.State, "platter");
        _pc.Disk.WhatIsOnThePlatter(platter);
        run.Kill(entireProcessTree: true);
        Assert.Equal(137, TrialPc.End(run).ExitCode);
        Shell.Run($"for i in $(seq 300); do ! grep -q '^{_pc.Disk.Device}p' /proc/[0-9]*/mounts 2>/dev/null || {{ sleep 0.1; continue; }}; exit 0; done; exit 1");
        _pc.Disk.PutBack(platter);
    }

    private static string? MountOf(int processId)
    {
        var mounts = File.Exists($"/proc/{processId}/mounts") ? File.ReadAllLines($"/proc/{processId}/mounts") : [];
        return mounts.Select(l => l.Split(' ')[1]).FirstOrDefault(p => p.Contains("/run/mount-", StringComparison.Ordinal));
    }

    private static void Until(Func<bool> happened)
    {
        for (var tries = 0; !happened(); tries++)
        {
            Assert.True(tries < 600, "the transfer did not begin");
            Task.Delay(100).Wait();
        }
    }
}
