using System.Buffers.Binary;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Boot;

/// <summary>`./build.sh boot-tests` starts a disk whose boot home was moved; here is what the move writes, and what a cut leaves.</summary>
[Collection("loop devices")]
public sealed class BootHomeMoveTests : IDisposable
{
    private const int Embed = 2048; // the BIOS boot partition's first sector

    private readonly GrubDisk _disk;

    public BootHomeMoveTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        _disk = new();
    }

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void A_move_puts_a_second_core_image_beside_the_first_and_switches_one_sector_and_undo_brings_all_back()
    {
        _disk.Commit();
        var (sector, area, old, boot) = (_disk.Sectors(0, 1), _disk.Sectors(Embed, 2048), Files(2), Files(4));

        var dry = _disk.Allie("slot", "boot-home", "--to", _disk.Device + "p4", "-n");
        Assert.True(dry.ExitCode == 3, dry.Output + dry.Errors);
        AssertSectors(sector, area);
        Assert.Equal(old, Files(2));

        var moved = _disk.Allie("slot", "boot-home", "--to", _disk.Device + "p4", "-y");
        Assert.True(moved.ExitCode == 0, moved.Output + moved.Errors);

        var now = _disk.Sectors(0, 1);
        Assert.Equal(sector[..0x5C], now[..0x5C]);
        Assert.Equal(sector[0x64..], now[0x64..]);
        var core = BinaryPrimitives.ReadInt64LittleEndian(now.AsSpan(0x5C));
        Assert.InRange(core, Embed + 1, Embed + 2047);
        var image = Convert.FromBase64String(_disk.In(4, "base64 -w0 grub/i386-pc/core.img"));
        Assert.Equal(image[1024..], _disk.Sectors(core, image.Length / 512 + 1)[1024..image.Length]);
        var first = Convert.FromBase64String(_disk.In(2, "base64 -w0 boot/grub/i386-pc/core.img"));
        Assert.Equal(area[..first.Length], _disk.Sectors(Embed, 2048)[..first.Length]); // the one in use is as it was

        var uuid = Shell.Run($"sfdisk --part-uuid {_disk.Device} 4").ToLowerInvariant();
        Assert.Contains($"allie.home=grub:{uuid}:/grub", _disk.In(4, "cat grub/allie.cfg"), StringComparison.Ordinal);
        Assert.Equal("allie_default=allie-b\nallie_canary=0", _disk.In(4, "grub-editenv grub/allie.env list; grub-script-check grub/grub.cfg; grub-script-check grub/allie.cfg; grub-script-check grub/custom.cfg"));
        Assert.Equal("# mine, and no line end", _disk.In(2, "cat boot/grub/custom.cfg"));
        Assert.Equal("allie.moved", _disk.In(2, "cd boot/grub; ls | grep allie"));
        Assert.Contains($"/grub on PARTUUID {uuid}", _disk.Allie("slot", "boot-home").Output, StringComparison.Ordinal);

        var undone = _disk.Allie("slot", "boot-home", "--undo", "-y");
        Assert.True(undone.ExitCode == 0, undone.Output + undone.Errors);
        AssertSectors(sector, area);
        Assert.Equal((old, boot), (Files(2), Files(4)));
        Assert.False(File.Exists(_disk.Journal));
    }

    [Fact]
    public void After_the_move_the_old_place_can_be_filled_and_the_new_one_cannot()
    {
        _disk.Commit();
        Shell.Run($"sfdisk -q --no-reread --no-tell-kernel --part-label {_disk.Device} 2 allie-a 2>&1; sfdisk -q --no-reread --no-tell-kernel --part-label {_disk.Device} 4 allie-c 2>&1");
        Assert.Contains("R14", _disk.Allie("slot", "check", "a").Output, StringComparison.Ordinal);
        Assert.Contains("is not what this PC starts from", _disk.Allie("slot", "boot-home", "--to", "c", "-y").Errors, StringComparison.Ordinal);

        Assert.Equal(0, _disk.Allie("slot", "boot-home", "--to", "b", "-y").ExitCode);
        _disk.Line = "ro allie.slot=b allie.home=grub:" + Shell.Run($"sfdisk --part-uuid {_disk.Device} 3").ToLowerInvariant() + ":/boot/grub"; // as after the next start

        Assert.DoesNotContain("R14", _disk.Allie("slot", "check", "a").Output, StringComparison.Ordinal);
        Assert.Contains("R14", _disk.Allie("slot", "check", "b").Output, StringComparison.Ordinal);
        Assert.Equal(0, _disk.Allie("commit").ExitCode);
    }

    [Fact]
    public void Undo_is_refused_once_something_was_changed_at_the_new_place()
    {
        _disk.Commit();
        Assert.Equal(0, _disk.Allie("slot", "boot-home", "--to", _disk.Device + "p4", "-y").ExitCode);
        Assert.Equal(0, _disk.Allie("slot", "boot-next", "b", "--tries", "2").ExitCode);

        var undo = _disk.Allie("slot", "boot-home", "--undo", "-y");

        Assert.Equal(2, undo.ExitCode);
        Assert.Contains("would be lost", undo.Errors, StringComparison.Ordinal);
        Assert.Equal("", _disk.In(2, "ls boot/grub | grep allie.cfg || true"));
    }

    [Fact]
    public void A_place_that_grub_cannot_write_and_a_boot_sector_of_another_are_refused_and_nothing_is_written()
    {
        _disk.Commit();
        var sector = _disk.Sectors(0, 1);
        Shell.Run($"mkfs.btrfs -q -f {_disk.Device}p4 2>/dev/null || mkfs.vfat {_disk.Device}p4 >/dev/null");
        Shell.Run($"wipefs -qa {_disk.Device}p4");
        Assert.Contains("cannot write to an empty partition", _disk.Allie("slot", "boot-home", "--to", _disk.Device + "p4", "-y").Errors, StringComparison.Ordinal);
        Assert.Contains("are on", _disk.Allie("slot", "boot-home", "--to", _disk.Device + "p2", "-y").Errors, StringComparison.Ordinal);

        Shell.Run($"mkfs.ext4 -q {_disk.Device}p4; dd if=/dev/zero of={_disk.Device} bs=512 seek=2060 count=1 conv=notrunc,fsync status=none");
        var other = _disk.Allie("slot", "boot-home", "--to", _disk.Device + "p4", "-y");

        Assert.Equal(2, other.ExitCode);
        Assert.Contains("no boot sector", other.Errors, StringComparison.Ordinal);
        Assert.Equal(sector, _disk.Sectors(0, 1));
        Assert.Equal("", _disk.In(4, "ls | grep -v lost+found || true"));
    }

    [Fact]
    public void A_cut_anywhere_leaves_a_boot_sector_that_starts_a_whole_menu_and_undo_brings_all_back()
    {
        _disk.Commit();
        _disk.Run($"mount {_disk.Device}p2 /mnt; cp -a /mnt/boot/grub/i386-pc {_disk.At("made")}");
        _disk.Fake("grub-install", $"[ \"$1\" = --version ] || {{ for w; do case $w in --boot-directory=*) mkdir -p ${{w#*=}}/grub; cp -a {_disk.At("made")} ${{w#*=}}/grub/i386-pc; printf other | dd of=${{w#*=}}/grub/i386-pc/core.img bs=1 seek=1500 conv=notrunc status=none;; esac; done; }}");
        var (sector, area, old) = (_disk.Sectors(0, 1), _disk.Sectors(Embed, 2048), Files(2));
        var switched = 0;
        var cuts = 0;
        for (var n = 1; ; n++)
        {
            var cut = _disk.Allie($"boot:{n}", ["slot", "boot-home", "--to", _disk.Device + "p4", "-y"]);
            var core = BinaryPrimitives.ReadInt64LittleEndian(_disk.Sectors(0, 1).AsSpan(0x5C));
            var (partition, grub) = core == Embed ? (2, "boot/grub") : (4, "grub");
            switched += core == Embed ? 0 : 1;
            Assert.Equal("allie-b", _disk.In(partition, $"grub-script-check {grub}/grub.cfg; grub-script-check {grub}/custom.cfg; grub-script-check {grub}/allie.cfg; grep -q 'id allie-b' {grub}/allie.cfg; grub-editenv {grub}/allie.env list | sed -n s/allie_default=//p"));
            var image = Convert.FromBase64String(_disk.In(partition, $"base64 -w0 {grub}/i386-pc/core.img"));
            Assert.Equal(image[1024..], _disk.Sectors(core, image.Length / 512 + 1)[1024..image.Length]);
            if (cut.ExitCode == 0)
            {
                break;
            }

            Assert.Equal(137, cut.ExitCode);
            cuts++;
            Assert.True(File.Exists(_disk.Journal));
            Assert.Contains("was cut short", _disk.Allie("slot", "boot-next", "b").Errors, StringComparison.Ordinal);
            var undo = _disk.Allie("slot", "boot-home", "--undo", "-y");
            Assert.True(undo.ExitCode == 0, undo.Errors);
            AssertSectors(sector, area);
            Assert.Equal(old, Files(2));
        }

        Assert.InRange(cuts, 8, 30);
        Assert.InRange(switched, 2, cuts); // cuts on both sides of the switch
    }

    private void AssertSectors(byte[] boot, byte[] area)
    {
        Assert.Equal(boot, _disk.Sectors(0, 1));
        Assert.Equal(area, _disk.Sectors(Embed, 2048));
    }

    /// <summary>Every file of a partition, by name and content.</summary>
    private string Files(int partition) => _disk.In(partition, "find . -type f | LC_ALL=C sort | xargs -r md5sum; find . -type d | LC_ALL=C sort");
}
