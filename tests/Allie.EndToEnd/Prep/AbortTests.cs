using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Prep;

[Collection("loop devices")]
public sealed class AbortTests : IDisposable
{
    private readonly TrialPc _pc = new();

    public void Dispose() => _pc.Dispose();

    [Fact]
    public void Status_tells_what_was_cut_short_and_abort_gives_it_up()
    {
        _pc.Server.Start();
        var before = BootFiles();
        Assert.Equal("no prep was cut short\n", _pc.Allie("prep", "--status").Output);
        Assert.Equal(137, _pc.Allie("marker", ["prep", "deb13", "-y"]).ExitCode);

        var status = _pc.Allie("prep", "--status");
        var json = _pc.Allie("prep", "--status", "--json");
        var dry = _pc.Allie("prep", "--abort", "-n");
        var aborted = _pc.Allie("prep", "--abort", "-y");

        Assert.Matches(@"a +deb13 1 +marker +full", status.Output);
        Assert.Contains("\"done\": \"marker\"", json.Output, StringComparison.Ordinal);
        Assert.Equal((3, true), (dry.ExitCode, dry.Output.Contains("half of deb13", StringComparison.Ordinal)));
        Assert.True(aborted.ExitCode == 0, aborted.Errors);
        Assert.Equal((before, false), (BootFiles(), _pc.JournalIsThere));
        Assert.Equal("", TrialPc.InSlot(_pc.Disk.SlotA, "ls var/lib/allie | grep slot.json || true"));
        Assert.Equal((0, "", ""), _pc.Allie("prep", "--abort"));
    }

    [Fact]
    public void Abort_before_the_slot_was_touched_brings_its_old_entry_back_byte_for_byte()
    {
        File.WriteAllText(Path.Combine(_pc.Grub, "custom.cfg"), "# the administrator's, without a line end");
        _pc.Server.Start();
        Assert.Equal(0, _pc.Allie("prep", "deb13", "--slot", "a", "-y").ExitCode);
        var before = BootFiles();
        _pc.Server.Publish(2);
        Assert.Equal(137, _pc.Allie("disarm", ["prep", "deb13", "--slot", "a", "--strategy", "full", "-y"]).ExitCode);
        Assert.NotEqual(before, BootFiles());
        Assert.Equal(137, _pc.Allie("disarm", ["prep", "deb13", "--slot", "a", "--strategy", "full", "-y"]).ExitCode);

        Assert.Equal(0, _pc.Allie("prep", "--abort", "-y").ExitCode);

        Assert.Equal(before, BootFiles());
        TrialPc.AssertMarked(_pc.Disk.SlotA, 1);
    }

    [Fact]
    public void Abort_after_the_slot_was_formatted_leaves_no_entry_for_what_is_gone()
    {
        _pc.Server.Start();
        var before = BootFiles();
        Assert.Equal(0, _pc.Allie("prep", "deb13", "--slot", "a", "-y").ExitCode);
        _pc.Server.Publish(2);
        Assert.Equal(137, _pc.Allie("format", ["prep", "deb13", "--slot", "a", "--strategy", "full", "-y"]).ExitCode);

        Assert.Equal(0, _pc.Allie("prep", "--abort", "-y").ExitCode);

        Assert.Equal(before, BootFiles());
    }

    [Fact]
    public void Prep_wants_an_image_or_one_of_its_switches()
    {
        Assert.Equal((2, 2), (_pc.Allie("prep").ExitCode, _pc.Allie("prep", "deb13", "--abort").ExitCode));
        Assert.Contains("is no bandwidth", _pc.Allie("prep", "deb13", "--bandwidth", "fast").Errors, StringComparison.Ordinal);
        Assert.Contains("one of: ext4, xfs, btrfs", Started("--file-system", "ntfs"), StringComparison.Ordinal);
        Assert.Contains("one of: full, block-clone", Started("--strategy", "magic"), StringComparison.Ordinal);
    }

    private string Started(params string[] more)
    {
        if (!_pc.Server.IsUp)
        {
            _pc.Server.Start();
        }

        var (code, _, errors) = _pc.Allie(["prep", "deb13", "-y", .. more]);
        Assert.Equal(2, code);
        return errors;
    }

    private string BootFiles() => Shell.Run($"cd {_pc.Grub}; find . -type f | sort | xargs md5sum");
}
