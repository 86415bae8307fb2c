using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Prep;

[Collection("loop devices")]
public sealed class PrepTests : IDisposable
{
    private readonly TrialPc _pc = new();

    public void Dispose() => _pc.Dispose();

    [Fact]
    public void A_spare_slot_gets_the_image_its_identity_and_a_boot_entry()
    {
        _pc.Server.Start();
        var before = TrialPc.Sum(_pc.Disk.Device);

        var dry = _pc.Allie("prep", "deb13", "-n");
        Assert.Equal((3, before), (dry.ExitCode, TrialPc.Sum(_pc.Disk.Device)));
        Assert.Contains("format       " + _pc.Disk.SlotA, dry.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_pc.State));

        var refused = _pc.Allie("prep", "deb13");
        Assert.Equal((2, before), (refused.ExitCode, TrialPc.Sum(_pc.Disk.Device)));
        Assert.Contains("prep deb13 -y", refused.Errors, StringComparison.Ordinal);

        var done = _pc.Allie("prep", "deb13", "-y");
        Assert.True(done.ExitCode == 0, done.Errors);
        Assert.Equal("slot a holds deb13 generation 1; it is tried at the next start\n", done.Output);
        _pc.AssertIsTheImage(_pc.Disk.SlotA, 1);
        AssertBoots("a", _pc.Disk.SlotA);
        Assert.False(_pc.JournalIsThere);

        Assert.Equal((0, "", ""), _pc.Allie("prep", "deb13", "-y"));
    }

    [Theory]
    [InlineData("begin")]
    [InlineData("disarm")]
    [InlineData("format")]
    [InlineData("seed")]
    [InlineData("fetch")]
    [InlineData("overlay")]
    [InlineData("personalise")]
    [InlineData("kernel")]
    [InlineData("verify")]
    [InlineData("sync")]
    [InlineData("marker")]
    [InlineData("entry")]
    public void A_run_cut_short_after_any_stage_is_taken_up_by_the_next(string stage)
    {
        _pc.Server.Start();
        var untouched = TrialPc.Sum(_pc.Disk.SlotB);

        var cut = _pc.Allie(stage, ["prep", "deb13", "-y"]);

        Assert.True(cut.ExitCode == 137, cut.Errors);
        Assert.Equal(stage != "entry", _pc.JournalIsThere);
        Assert.Equal(stage == "entry", File.Exists(Path.Combine(_pc.Grub, "allie.cfg")));
        var made = stage is "begin" or "disarm" ? "" : TrialPc.Uuid(_pc.Disk.SlotA);

        var again = _pc.Allie("prep", "deb13", "-y");

        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.True(made.Length == 0 || made == TrialPc.Uuid(_pc.Disk.SlotA), "it was formatted again");
        Assert.Equal(untouched, TrialPc.Sum(_pc.Disk.SlotB));
        _pc.AssertIsTheImage(_pc.Disk.SlotA, 1);
        AssertBoots("a", _pc.Disk.SlotA);
        Assert.False(_pc.JournalIsThere);
    }

    [Fact]
    public void A_newer_generation_is_fetched_onto_what_was_cut_short()
    {
        _pc.Server.Start();
        Assert.Equal(137, _pc.Allie("personalise", ["prep", "deb13", "-y"]).ExitCode);
        var made = TrialPc.Uuid(_pc.Disk.SlotA);

        // tool and tool-hard were one file; in place, writing one would have written the other
        Shell.Run($"cd {_pc.Server.Tree}/usr/bin; rm tool-hard; printf 'other text\\n' >tool-hard; rm ../share/doc/file7; touch -r tool tool-hard");
        _pc.Server.Publish(2);
        var again = _pc.Allie("prep", "deb13", "-y");

        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.Equal(made, TrialPc.Uuid(_pc.Disk.SlotA));
        _pc.AssertIsTheImage(_pc.Disk.SlotA, 2);
    }

    [Fact]
    public void The_next_generation_goes_to_the_other_slot_with_a_label_of_its_own()
    {
        _pc.Server.Start();
        Assert.Equal(0, _pc.Allie("prep", "deb13", "-y").ExitCode);
        _pc.Server.Publish(2);

        var next = _pc.Allie("prep", "deb13", "-y", "--json");

        Assert.True(next.ExitCode == 0, next.Errors);
        Assert.Contains("\"result\": \"changed\"", next.Output, StringComparison.Ordinal);
        Assert.Equal("deb13~2", Shell.Run($"blkid -p -s LABEL -o value {_pc.Disk.SlotB}"));
        Assert.StartsWith("LABEL=deb13~2 / ext4 defaults 0 1 # root", TrialPc.InSlot(_pc.Disk.SlotB, "cat etc/fstab"), StringComparison.Ordinal);
        AssertBoots("a", _pc.Disk.SlotA);
        AssertBoots("b", _pc.Disk.SlotB);
    }

    [Fact]
    public void An_image_that_cannot_start_gets_no_entry()
    {
        Shell.Run($"rm {_pc.Server.Tree}/boot/initrd*");
        _pc.Server.Start();

        var failed = _pc.Allie("prep", "deb13", "-y");

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("no kernel with an initrd", failed.Errors, StringComparison.Ordinal);
        Assert.Equal(["grub.cfg"], _pc.GrubFiles);
    }

    private void AssertBoots(string slot, string device)
    {
        var menu = File.ReadAllText(Path.Combine(_pc.Grub, "allie.cfg"));
        var uuid = TrialPc.Uuid(device);
        Assert.Contains($"--id allie-{slot} {{\n  search --no-floppy --fs-uuid --set=root {uuid}\n  linux /boot/vmlinuz-6.12.1-amd64 root=UUID={uuid} ro allie.slot={slot}", menu, StringComparison.Ordinal);
        Assert.Contains("panic=30 console=ttyS0", menu, StringComparison.Ordinal);
        Assert.Contains("source $prefix/allie.cfg", File.ReadAllText(Path.Combine(_pc.Grub, "custom.cfg")), StringComparison.Ordinal);
        Shell.Run($"grub-script-check {_pc.Grub}/allie.cfg; grub-script-check {_pc.Grub}/custom.cfg; grub-editenv {_pc.Grub}/allie.env list");
    }
}
