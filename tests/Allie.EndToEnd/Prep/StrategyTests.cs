using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Prep;

/// <summary>The next generation from what the PC has.</summary>
[Collection("loop devices")]
public sealed class StrategyTests : IDisposable
{
    private readonly TrialPc _pc = new();

    public void Dispose() => _pc.Dispose();

    [Fact]
    public void The_next_generation_takes_the_other_slots_blocks_and_the_one_after_it_updates_in_place()
    {
        First(published: true);

        NextGeneration();
        var dry = _pc.Allie("prep", "deb13", "-n");
        var second = _pc.Allie("prep", "deb13", "-y");

        Assert.Contains("the used blocks of slot a, deb13 generation 1", dry.Output, StringComparison.Ordinal);
        Assert.Contains("block-clone: slot a has generation 1", dry.Output, StringComparison.Ordinal);
        Assert.True(second.ExitCode == 0, second.Errors);
        Assert.DoesNotContain("format", second.Errors, StringComparison.Ordinal);
        _pc.AssertIsTheImage(_pc.Disk.SlotB, 2);
        Assert.NotEqual(TrialPc.Uuid(_pc.Disk.SlotA), TrialPc.Uuid(_pc.Disk.SlotB));
        Assert.Equal(("deb13", "deb13~2"), (TrialPc.Label(_pc.Disk.SlotA), TrialPc.Label(_pc.Disk.SlotB)));
        Assert.DoesNotMatch("metadata_csum_seed|orphan_file", Shell.Run($"dumpe2fs -h {_pc.Disk.SlotB} 2>/dev/null | grep features"));
        Shell.Run($"e2fsck -fn {_pc.Disk.SlotA}");

        NextGeneration();
        var made = TrialPc.Uuid(_pc.Disk.SlotA);
        var other = TrialPc.Sum(_pc.Disk.SlotB);
        var third = _pc.Allie("prep", "deb13", "-y");

        Assert.True(third.ExitCode == 0, third.Errors);
        Assert.DoesNotContain("format", third.Errors, StringComparison.Ordinal);
        Assert.Equal((made, other), (TrialPc.Uuid(_pc.Disk.SlotA), TrialPc.Sum(_pc.Disk.SlotB)));
        _pc.AssertIsTheImage(_pc.Disk.SlotA, 3);
        Assert.StartsWith("LABEL=deb13 / ext4", TrialPc.InSlot(_pc.Disk.SlotA, "cat etc/fstab"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_other_slots_files_are_copied_when_that_is_asked_for()
    {
        First(published: true);
        NextGeneration();

        var second = _pc.Allie("prep", "deb13", "--strategy", "file-clone", "-y");

        Assert.True(second.ExitCode == 0, second.Errors);
        Assert.Contains("copy what the other slot has of deb13", second.Errors, StringComparison.Ordinal);
        _pc.AssertIsTheImage(_pc.Disk.SlotB, 2);
    }

    /// <summary>A block that rotted, or a file that was changed and given its old time: rsync's quick check is blind to both.</summary>
    [Theory]
    [InlineData("block-clone", true)]
    [InlineData("block-clone", false)]
    [InlineData("file-clone", true)]
    [InlineData("in-place", true)]
    [InlineData("in-place", false)]
    public void A_rotten_seed_is_never_trusted(string strategy, bool published)
    {
        First(published);
        TrialPc.ChangeSlot(_pc.Disk.SlotA, "cp -a usr/share/big /tmp/$$.allie-big; printf rot | dd of=usr/share/big bs=1 seek=1234567 conv=notrunc status=none; touch -r /tmp/$$.allie-big usr/share/big; rm /tmp/$$.allie-big");
        AssertQuickCheckIsBlind(_pc.Disk.SlotA);
        NextGeneration(published);

        var next = _pc.Allie("prep", "deb13", "--strategy", strategy, "--slot", strategy == "in-place" ? "a" : "b", "-y");

        Assert.True(next.ExitCode == 0, next.Errors);
        _pc.AssertIsTheImage(strategy == "in-place" ? _pc.Disk.SlotA : _pc.Disk.SlotB, 2);
    }

    [Fact]
    public void A_seed_that_was_not_unmounted_cleanly_lends_its_files_instead_of_its_blocks()
    {
        First(published: true);
        PowerCut(_pc.Disk.SlotA);
        Assert.Contains("needs_recovery", Shell.Run($"dumpe2fs -h {_pc.Disk.SlotA} 2>/dev/null | grep features"), StringComparison.Ordinal);
        NextGeneration();

        var second = _pc.Allie("prep", "deb13", "-y");

        Assert.True(second.ExitCode == 0, second.Errors);
        Assert.Contains("was not unmounted cleanly", second.Errors, StringComparison.Ordinal);
        Assert.Contains("copy what the other slot has", second.Errors, StringComparison.Ordinal);
        _pc.AssertIsTheImage(_pc.Disk.SlotB, 2);
    }

    [Theory]
    [InlineData("block-clone", "disarm")]
    [InlineData("block-clone", "format")]
    [InlineData("file-clone", "format")]
    [InlineData("file-clone", "seed")]
    [InlineData("in-place", "disarm")]
    [InlineData("in-place", "format")]
    [InlineData("in-place", "fetch")]
    public void A_run_with_a_seed_that_was_cut_short_is_resumed(string strategy, string stage)
    {
        First(published: true);
        NextGeneration();
        var (slot, device) = strategy == "in-place" ? ("a", _pc.Disk.SlotA) : ("b", _pc.Disk.SlotB);

        var cut = _pc.Allie(stage, ["prep", "deb13", "--strategy", strategy, "--slot", slot, "-y"]);
        var again = _pc.Allie("prep", "--resume", "-y");

        Assert.True(cut.ExitCode == 137, cut.Errors);
        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.NotEqual(TrialPc.Uuid(_pc.Disk.SlotA), slot == "b" ? TrialPc.Uuid(_pc.Disk.SlotB) : "");
        _pc.AssertIsTheImage(device, 2);
        Assert.False(_pc.JournalIsThere);
        Assert.Equal((0, "", ""), _pc.Allie("prep", "--resume"));
    }

    private void First(bool published)
    {
        if (published)
        {
            _pc.Server.PublishForReal();
        }

        _pc.Server.Start();
        var first = _pc.Allie("prep", "deb13", "-y");
        Assert.True(first.ExitCode == 0, first.Errors);
    }

    private void NextGeneration(bool published = true)
    {
        Shell.Run($"""
            cd {_pc.Server.Tree}/usr
            for n in 3 4 5; do echo "more $RANDOM" >>share/doc/file$n; done
            rm -f share/doc/file7; mkdir -p share/new; echo fresh >share/new/file
            rm -f bin/tool-hard; printf 'other text\n' >bin/tool-hard; touch -r bin/tool bin/tool-hard
            """);
        if (published)
        {
            _pc.Server.PublishForReal();
        }
        else
        {
            _pc.Server.Publish(2);
        }
    }

    private void AssertQuickCheckIsBlind(string device)
    {
        var url = $"rsync://127.0.0.1:{_pc.Server.Port}/image-deb13/usr/share/big";
        Assert.Equal("", Shell.Run($"unshare -m --propagation private bash -euc 'mount -o ro {device} /mnt; rsync -aHAX -@-1 -n --out-format=%n {url} /mnt/usr/share/'"));
        Assert.NotEqual("", Shell.Run($"unshare -m --propagation private bash -euc 'mount -o ro {device} /mnt; rsync -aHAX -c -n --out-format=%n {url} /mnt/usr/share/'"));
    }

    private static void PowerCut(string device) =>
        Shell.Run($"unshare -m --propagation private bash -euc 'mount {device} /mnt; touch /mnt/usr; sync -f /mnt; xfs_io -x -c shutdown /mnt; umount /mnt'");
}
