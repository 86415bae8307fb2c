using Allie.Config;
using Allie.Linux.Slots;
using Allie.Linux.Tests.Shared;
using Allie.Slots;
using Xunit;

namespace Allie.Linux.Tests.Slots;

/// <summary>What loop devices cannot show: a made-up /sys, /dev and /proc whose nodes lead to one real loop device.</summary>
[Collection("loop devices")]
public sealed class FakeSystemTests : IDisposable
{
    private readonly TempDirectory _root = new();
    private readonly LoopDisk _disk;

    public FakeSystemTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        _disk = new("size=8M,type=L,name=allie-z\nsize=8M,type=L,name=allie-y");
        _root.Write("proc/swaps", "Filename Type Size Used Priority\n");
        _root.Write("proc/cmdline", "ro quiet\n");
        Shell.Run(
            $"""
            mkdir -p dev sys/class/block sys/devices
            for real in {_disk.Device} {_disk.Part(1)} {_disk.Part(2)}; do
              name=$(basename $real | sed 's/^loop[0-9]*/sda/; s/^sdap/sda/')
              mknod dev/$name b $(stat -c '%Hr %Lr' $real)
              to=sys/devices/sda; [ $name = sda ] || to=$to/$name
              mkdir -p $to/holders
              from=/sys/class/block/$(basename $real)
              for file in dev size ro removable start partition uevent queue/logical_block_size; do
                [ ! -e $from/$file ] || install -D -m 0644 $from/$file $to/$file
              done
              ln -s ../../../$to sys/class/block/$name
            done
            """, _root.Path);
    }

    public void Dispose()
    {
        _disk?.Dispose();
        _root.Dispose();
    }

    [Fact]
    public void The_made_up_disk_is_spare_to_begin_with() => Assert.Equal("", Rules());

    [Fact]
    public void Active_swap_is_refused()
    {
        _root.Write("proc/swaps", $"Filename Type Size Used Priority\n{_root.At("dev/sda1")} partition 8188 0 -2\n");
        Assert.Equal("R3", Rules());

        _root.Write("proc/swaps", $"Filename Type Size Used Priority\n{_root.At("dev/sda2")} partition 8188 0 -2\n{_root.At("dev/sda10")} partition 8188 0 -2\n");
        Assert.Equal("", Rules());
    }

    [Fact]
    public void A_holder_is_refused()
    {
        Directory.CreateDirectory(_root.At("sys/devices/sda/sda2/holders/dm-0"));
        Assert.Equal("", Rules());

        Directory.CreateDirectory(_root.At("sys/devices/sda/sda1/holders/dm-0"));
        Assert.Equal("R4", Rules());
    }

    [Fact]
    public void A_removable_disk_is_refused()
    {
        _root.Write("sys/devices/sda/removable", "1\n");

        Assert.Equal("R6", Rules());
    }

    [Fact]
    public void A_read_only_device_is_refused()
    {
        _root.Write("sys/devices/sda/sda2/ro", "1\n");
        Assert.Equal("", Rules());

        _root.Write("sys/devices/sda/sda1/ro", "1\n");
        Assert.Equal("R7", Rules());
    }

    [Fact]
    public void The_root_of_the_kernel_line_is_refused()
    {
        _root.Write("proc/cmdline", $"ro root=PARTUUID={Shell.Run($"sfdisk --part-uuid {_disk.Device} 2")}\n");
        Assert.Equal("", Rules());

        _root.Write("proc/cmdline", $"ro root=PARTUUID={Shell.Run($"sfdisk --part-uuid {_disk.Device} 1")}\n");
        Assert.Equal("R1", Rules());
    }

    [Fact]
    public void The_partition_that_grub_started_from_is_refused_and_no_other()
    {
        _root.Write("proc/cmdline", "ro allie.prefix=(hd0,gpt1)/boot/grub\n");
        Assert.Equal("R14", Rules());

        _root.Write("proc/cmdline", "ro allie.prefix=(hd0,gpt2)/boot/grub\n");
        Assert.Equal("", Rules());
    }

    [Fact]
    public void Grubs_directory_makes_its_file_system_the_boot_loaders_home()
    {
        Shell.Run($"wipefs -qa {_disk.Part(1)}; mkfs.ext4 -q {_disk.Part(1)}; mkdir mnt", _root.Path);
        Shell.Run($"mount {_disk.Part(1)} mnt; mkdir mnt/grub", _root.Path);
        try
        {
            Assert.Equal("R2 R12 R14", Rules($"[boot]\ngrub = \"{_root.At("mnt/grub")}\""));
        }
        finally
        {
            Shell.Run("umount mnt", _root.Path);
        }
    }

    [Fact]
    public void While_the_running_image_is_on_trial_nothing_that_holds_something_is_given_up()
    {
        Shell.Run($"mkfs.ext4 -q -U 01234567-89ab-8a11-8def-0123456789ab {_disk.Part(1)}", _root.Path);
        var grub = $"[boot]\ngrub = \"{_root.At("grub")}\"";
        _root.Write("proc/cmdline", "ro allie.slot=y\n");
        _root.Write("grub/allie.json", """{"slots": {"y": {"image": "deb13", "generation": 2, "state": "Trying", "at": "2026-01-01T00:00:00Z"}}}""");
        Assert.Equal("R15", Rules(grub));

        _root.Write("grub/allie.env", "# GRUB Environment Block\nallie_default=allie-y\n####");
        Assert.Equal("", Rules(grub)); // confirmed since

        _root.Write("grub/allie.env", "# GRUB Environment Block\n####");
        _root.Write("grub/allie.json", """{"slots": {"y": {"image": "deb13", "generation": 2, "state": "Good", "at": "2026-01-01T00:00:00Z"}}}""");
        Assert.Equal("", Rules(grub)); // no try: somebody chose it in the menu

        _root.Write("grub/allie.env", "# GRUB Environment Block\nallie_default=allie-z\n####");
        Assert.Equal("R14", Rules(grub)); // started once by hand; the PC boots z by itself
    }

    [Fact]
    public void A_hibernated_system_on_any_swap_area_keeps_every_slot_as_it_is()
    {
        Shell.Run($"mkswap -q {_disk.Part(2)}; printf S1SUSPEND | dd of={_disk.Part(2)} bs=1 seek=4086 conv=notrunc status=none", _root.Path);
        Assert.Equal("R17", Rules());

        Shell.Run($"mkswap -q -f {_disk.Part(2)}", _root.Path);
        Assert.Equal("", Rules());
    }

    [Fact]
    public void The_device_that_the_running_system_would_hibernate_to_is_refused()
    {
        _root.Write("proc/cmdline", $"ro resume=PARTUUID={Shell.Run($"sfdisk --part-uuid {_disk.Device} 1")}\n");
        Assert.Equal("R17", Rules());

        _root.Write("proc/cmdline", $"ro resume=PARTUUID={Shell.Run($"sfdisk --part-uuid {_disk.Device} 2")}\n");
        Assert.Equal("", Rules());
    }

    [Fact]
    public void A_kernel_that_has_not_read_the_new_table_yet_is_not_trusted()
    {
        _root.Write("sys/devices/sda/sda1/size", "16382\n");
        Assert.Equal("R18", Rules());

        _root.Write("sys/devices/sda/sda1/size", "16384\n");
        _root.Write("sys/devices/sda/sda1/partition", "3\n");
        Assert.Equal("R18", Rules());
    }

    [Fact]
    public void A_disk_of_which_the_kernel_has_seen_errors_is_not_trusted()
    {
        _root.Write("dev/kmsg", "6,339,5140900,-;I/O error, dev sdb, sector 4096 op 0x0:(READ)\n");
        Assert.Equal("", Rules());

        _root.Write("dev/kmsg", "6,339,5140900,-;I/O error, dev sda, sector 4096 op 0x0:(READ)\n");
        Assert.Equal("R18", Rules());
    }

    [Theory]
    [InlineData("isw_raid_member", -1024, "Intel Raid ISM Cfg Sig. 1.0.00")]
    [InlineData("ddf_raid_member", -512, "\u00de\u0011\u00de\u0011")]
    [InlineData("ddf_raid_member", -257 * 512, "\u00de\u0011\u00de\u0011")]
    [InlineData("drbd", -4036, "\u0083t\u0002k")]
    [InlineData("ceph_bluestore", 0, "bluestore block device")]
    [InlineData("VMFS", 2 << 20, "^\u00f1\u00ab/")]
    public void A_member_of_something_larger_is_refused_as_blkid_knows_it_and_not_a_sector_aside(string type, int at, string mark)
    {
        const int Bytes = 8 << 20; // of the partition, and of the file that blkid looks at
        var file = _root.At("file");
        foreach (var (aside, rules) in new[] { (0, "R5"), (8, "") })
        {
            Shell.Run($"wipefs -qa {_disk.Part(1)}; dd if=/dev/zero of={_disk.Part(1)} bs=1M count=8 status=none conv=fsync");
            using (var content = new FileStream(file, FileMode.Create))
            {
                content.SetLength(Bytes);
                content.Position = at < 0 ? Bytes + at - aside : at + aside;
                content.Write(System.Text.Encoding.Latin1.GetBytes(mark));
            }

            Shell.Run($"dd if={file} of={_disk.Part(1)} bs=1M status=none conv=fsync");

            Assert.Equal(rules, Rules());
            Assert.Equal(aside == 0 ? type : "", Shell.Run($"blkid -p -o value -s TYPE {file} || true"));
        }
    }

    [Fact]
    public void A_device_without_a_node_belongs_to_another_system()
    {
        File.Delete(_root.At("dev/sda1"));

        Assert.Equal(["y"], Finder("").Find().Select(s => s.Name));
    }

    [Fact]
    public void A_node_of_another_number_is_not_the_device()
    {
        Shell.Run("rm dev/sda1; mknod dev/sda1 b 7 250", _root.Path);

        Assert.Equal(["y"], Finder("").Find().Select(s => s.Name));
    }

    private SlotFinder Finder(string settings) => new(PcSettings.Parse(settings, "allie.toml"), _root.Path);

    private string Rules(string settings = "") =>
        string.Join(' ', SlotRules.Refusals(Finder(settings).Get("z"), new()).Select(r => r.Rule));
}
