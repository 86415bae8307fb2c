using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Prep;

/// <summary>Each proves that nothing was written: the bytes of the whole disk, the journal, GRUB's directory.</summary>
[Collection("loop devices")]
public sealed class PrepRefusalTests : IDisposable
{
    private readonly TrialPc _pc = new();

    public void Dispose() => _pc.Dispose();

    [Fact]
    public void A_mounted_slot_is_refused()
    {
        Shell.Run($"mkfs.ext4 -q -U 01234567-89ab-8a11-8def-0123456789ab {_pc.Disk.SlotA}");
        using var holder = Shell.Start("unshare", "-m", "--propagation", "private", "bash", "-euc", $"mount -o ro,noload {_pc.Disk.SlotA} /mnt; echo mounted; cat");
        Assert.Equal("mounted", holder.StandardOutput.ReadLine());

        AssertRefused("is mounted at /mnt", "--slot", "a");

        holder.StandardInput.Close();
        holder.WaitForExit();
        Assert.Equal(3, _pc.Allie("prep", "deb13", "--slot", "a", "-n").ExitCode);
    }

    [Fact]
    public void A_swap_area_is_refused()
    {
        Shell.Run($"mkswap -q {_pc.Disk.SlotA}");

        AssertRefused("holds a swap area", "--slot", "a");
    }

    [Fact]
    public void A_partition_that_is_not_declared_is_refused()
    {
        AssertRefused("this PC has no slot 'other'", "--slot", "other");
    }

    [Fact]
    public void A_foreign_file_system_is_refused_until_its_uuid_is_typed()
    {
        const string Uuid = "01234567-89ab-4cde-8def-0123456789ab";
        Shell.Run($"mkfs.ext4 -q -L photos -U {Uuid} {_pc.Disk.SlotA}");

        AssertRefused("R12", "--slot", "a");
        AssertRefused("R12", "--slot", "a", "--reuse-fs", "UUID=11234567-89ab-4cde-8def-0123456789ab");

        var done = _pc.Allie("prep", "deb13", "--slot", "a", "--reuse-fs", $"UUID={Uuid}", "-y");
        Assert.True(done.ExitCode == 0, done.Errors);
    }

    [Fact]
    public void Without_a_spare_slot_every_slots_reason_is_told()
    {
        Shell.Run($"mkswap -q {_pc.Disk.SlotA}; mkfs.ext4 -q -L photos {_pc.Disk.SlotB}");

        AssertRefused("no slot is spare: a holds a swap area; b ");
    }

    [Fact]
    public void A_menu_that_could_not_show_the_entry_is_refused()
    {
        var cfg = Path.Combine(_pc.Grub, "grub.cfg");
        File.WriteAllText(cfg, "set default=0\n");
        AssertRefused("does not source custom.cfg");

        File.Delete(cfg);
        AssertRefused("grub.cfg");
    }

    [Fact]
    public void Without_a_boot_entry_the_menu_stays_as_it_is()
    {
        _pc.Server.Start();

        var done = _pc.Allie("prep", "deb13", "--no-boot-entry", "-y");

        Assert.True(done.ExitCode == 0, done.Errors);
        Assert.EndsWith("no boot entry\n", done.Output, StringComparison.Ordinal);
        Assert.Equal(["grub.cfg"], _pc.GrubFiles);
    }

    private void AssertRefused(string reason, params string[] more)
    {
        if (!_pc.Server.IsUp)
        {
            _pc.Server.Start();
        }

        var disk = TrialPc.Sum(_pc.Disk.Device);
        var files = _pc.GrubFiles;
        var (exitCode, output, errors) = _pc.Allie(["prep", "deb13", "-y", .. more]);

        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal(disk, TrialPc.Sum(_pc.Disk.Device));
        Assert.Equal(files, _pc.GrubFiles);
        Assert.False(_pc.JournalIsThere);
    }
}
