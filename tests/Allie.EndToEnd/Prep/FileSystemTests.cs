using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Prep;

/// <summary>xfs and btrfs slots, a disk that is full, tools that fail.</summary>
[Collection("loop devices")]
public sealed class FileSystemTests : IDisposable
{
    private TrialPc _pc = null!;

    public void Dispose() => _pc?.Dispose();

    [Theory]
    [InlineData("xfs", "clone ")]
    [InlineData("btrfs", "copy ")]
    public void Another_file_system_holds_an_image_and_lends_it_to_the_next(string type, string step)
    {
        _pc = new(320);
        _pc.Server.PublishForReal();
        _pc.Server.Start();

        var first = _pc.Allie("prep", "deb13", "--file-system", type, "-y");
        Assert.True(first.ExitCode == 0, first.Errors);
        _pc.AssertIsTheImage(_pc.Disk.SlotA, 1);
        Assert.Matches($@"^LABEL=deb13\s/\s{type}\s", TrialPc.InSlot(_pc.Disk.SlotA, "cat etc/fstab"));

        Shell.Run($"cd {_pc.Server.Tree}/usr/share; printf rot | dd of=big bs=1 seek=99 conv=notrunc status=none; rm doc/file7");
        _pc.Server.PublishForReal();
        Assert.Contains(step, _pc.Allie("prep", "deb13", "--file-system", type, "-n").Output, StringComparison.Ordinal);
        var second = _pc.Allie("prep", "deb13", "--file-system", type, "-y");

        Assert.True(second.ExitCode == 0, second.Errors);
        _pc.AssertIsTheImage(_pc.Disk.SlotB, 2);
        Assert.Equal((type, type), (Type(_pc.Disk.SlotA), Type(_pc.Disk.SlotB)));
        Assert.NotEqual(TrialPc.Uuid(_pc.Disk.SlotA), TrialPc.Uuid(_pc.Disk.SlotB));
        Assert.Equal("deb13~2", TrialPc.Label(_pc.Disk.SlotB));
        Assert.DoesNotContain("cannot copy", second.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_slot_at_any_point_is_told_and_what_boots_stays()
    {
        _pc = new();
        _pc.Server.Start();
        var (full, generation) = (0, 1);
        for (var mebibytes = 60; mebibytes <= 110; mebibytes += 10)
        {
            Shell.Run($"rm -f {_pc.Server.Tree}/usr/filler; head -c {mebibytes}M /dev/urandom >{_pc.Server.Tree}/usr/filler");

            var run = _pc.Allie("prep", "deb13", "-y");

            Assert.True(run.ExitCode is 0 or 1, run.Errors);
            Assert.Equal(run.ExitCode == 0, File.Exists(Path.Combine(_pc.Grub, "allie.cfg")));
            if (run.ExitCode == 1)
            {
                full++;
                Assert.Matches("(?i)full|no space left", run.Errors);
            }

            Shell.Run($"rm {_pc.Server.Tree}/usr/filler");
            _pc.Server.Publish(++generation); // what is smaller is another generation: only then is anything fetched again
            var again = run.ExitCode == 1 ? _pc.Allie("prep", "--resume") : run;
            Assert.True(again.ExitCode == 0, again.Errors);
            Shell.Run($"wipefs -qa {_pc.Disk.SlotA}; rm {_pc.Grub}/allie.cfg {_pc.Grub}/custom.cfg");
        }

        Assert.InRange(full, 1, 5);
    }

    [Fact]
    public void An_image_whose_size_is_known_is_refused_before_anything_is_lost()
    {
        _pc = new();
        Shell.Run($"head -c 90M /dev/urandom >{_pc.Server.Tree}/usr/filler");
        _pc.Server.PublishForReal();
        _pc.Server.Start();
        var before = TrialPc.Sum(_pc.Disk.Device);

        var refused = _pc.Allie("prep", "deb13", "-y");

        Assert.Equal((2, before), (refused.ExitCode, TrialPc.Sum(_pc.Disk.Device)));
        Assert.Contains("is too small: 96 MiB, ", refused.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dumpe2fs")]
    [InlineData("e2fsck")]
    [InlineData("tune2fs")]
    [InlineData("resize2fs")]
    public void A_tool_that_fails_while_blocks_are_copied_costs_time_and_not_the_image(string tool)
    {
        _pc = new();
        _pc.Server.PublishForReal();
        _pc.Server.Start();
        Assert.Equal(0, _pc.Allie("prep", "deb13", "-y").ExitCode);
        _pc.Server.PublishForReal();
        var calls = _pc.Fake(tool, "echo it went wrong >&2; exit 12");

        var second = _pc.Allie("prep", "deb13", "-y");

        Assert.NotEqual("", File.ReadAllText(calls)); // the fault was met
        Assert.True(second.ExitCode == 0, second.Errors);
        Assert.Contains("it went wrong", second.Errors, StringComparison.Ordinal);
        Assert.Contains("format", second.Errors, StringComparison.Ordinal);
        _pc.AssertIsTheImage(_pc.Disk.SlotB, 2);
    }

    [Fact]
    public void A_slot_that_cannot_be_formatted_fails_and_the_next_run_begins_anew()
    {
        _pc = new();
        _pc.Server.Start();
        var calls = _pc.Fake("mkfs.ext4", "echo no space on this disk; exit 1");

        var failed = _pc.Allie("prep", "deb13", "-y");
        Assert.Equal(1, failed.ExitCode);
        Assert.NotEqual("", File.ReadAllText(calls));
        File.Delete(calls[..^".calls".Length]);

        Assert.Equal(0, _pc.Allie("prep", "deb13", "-y").ExitCode);
        _pc.AssertIsTheImage(_pc.Disk.SlotA, 1);
    }

    private static string Type(string device) => Shell.Run($"blkid -p -s TYPE -o value {device}");
}
