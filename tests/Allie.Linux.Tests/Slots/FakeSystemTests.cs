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
    }

    [Fact]
    public void A_holder_is_refused()
    {
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
        _root.Write("sys/devices/sda/sda1/ro", "1\n");

        Assert.Equal("R7", Rules());
    }

    [Fact]
    public void The_root_of_the_kernel_line_is_refused()
    {
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
        _root.Write("proc/cmdline", "ro allie.slot=y allie.try=1\n");
        Assert.Equal("R15", Rules(grub));

        _root.Write("grub/allie.env", "# GRUB Environment Block\nallie_default=allie-y\n####");
        Assert.Equal("", Rules(grub)); // confirmed since

        _root.Write("grub/allie.env", "# GRUB Environment Block\nallie_default=allie-z\n####");
        _root.Write("proc/cmdline", "ro allie.slot=y\n");
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
