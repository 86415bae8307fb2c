using Allie.Config;
using Allie.Errors;
using Allie.Linux.Slots;
using Allie.Linux.Tests.Shared;
using Allie.Slots;
using Xunit;

namespace Allie.Linux.Tests.Slots;

[Collection("loop devices")]
public sealed class SlotFinderTests
{
    private readonly string _name = LoopDisk.UniqueName();

    public SlotFinderTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    [Fact]
    public void A_slot_is_found_by_its_partition_name_with_the_table_as_sfdisk_sees_it()
    {
        using var disk = new LoopDisk($"size=8M,type=L,name=base\nsize=64M,type=L,name=allie-{_name}");

        var slot = Finder("").Get(_name);

        Assert.Equal(disk.Part(2), slot.DevicePath);
        Assert.Equal(64 << 20, slot.SizeBytes);
        Assert.Equal(Shell.Run($"sfdisk --part-uuid {disk.Device} 2").ToLowerInvariant(), slot.PartUuid);
        Assert.Equal(Shell.Run($"sfdisk --part-type {disk.Device} 2").ToLowerInvariant(), slot.TypeId);
        Assert.Equal(Shell.Run($"stat -c %Hr:%Lr {slot.DevicePath}"), slot.DeviceNumber);
        Assert.Equal(SlotDeclaration.PartitionName, slot.DeclaredBy);
        Assert.Equal(["R6"], SlotRules.Refusals(slot, new()).Select(r => r.Rule));
        Assert.Empty(SlotRules.Refusals(slot, new(AllowLoopDevices: true)));
    }

    [Fact]
    public void A_partition_that_nobody_declared_is_no_slot_but_can_be_looked_at()
    {
        using var disk = new LoopDisk("size=8M,type=L,name=base");

        Assert.DoesNotContain(Finder("").Find(), s => s.DevicePath == disk.Part(1));
        Assert.Contains("R8", SlotRules.Refusals(Finder("").Get(disk.Part(1)), new(AllowLoopDevices: true)).Select(r => r.Rule));
        Assert.Contains("R6", SlotRules.Refusals(Finder("").Get(disk.Device), new(AllowLoopDevices: true)).Select(r => r.Rule));
        Assert.Throws<UserError>(() => Finder("").Get("/dev/no-such-disk"));
    }

    [Fact]
    public void A_slot_is_found_by_partuuid_from_the_settings()
    {
        using var disk = new LoopDisk("size=8M,type=L");
        var settings = $"[slots.{_name}]\npartuuid = \"{Shell.Run($"sfdisk --part-uuid {disk.Device} 1")}\"\n[slots.gone]\npartuuid = \"no-such\"\n";

        Assert.Equal(disk.Part(1), Finder(settings).Get(_name).DevicePath);
        Assert.Equal(["slot gone: no partition with PARTUUID no-such"], Finder(settings).Missing());
    }

    [Fact]
    public void A_logical_partition_of_an_mbr_disk_is_a_slot_as_any_other()
    {
        using var disk = new LoopDisk("1: size=8M,type=83\n2: size=200M,type=5\n5: size=16M,type=83\n6: size=64M,type=83\n7: size=16M,type=82", "dos");

        var slot = Finder($"[slots.{_name}]\npartuuid = \"{Shell.Run($"blkid -p -s PART_ENTRY_UUID -o value {disk.Part(6)}")}\"\n").Get(_name);

        Assert.Equal(disk.Part(6), slot.DevicePath);
        Assert.Equal(64 << 20, slot.SizeBytes);
        Assert.Empty(SlotRules.Refusals(slot, new(AllowLoopDevices: true)));
        Assert.Contains("R10", SlotRules.Refusals(Finder("").Get(disk.Part(7)), new(AllowLoopDevices: true)).Select(r => r.Rule)); // swap's type
        Assert.Contains("R10", SlotRules.Refusals(Finder("").Get(disk.Part(2)), new(AllowLoopDevices: true)).Select(r => r.Rule)); // the extended one itself
    }

    [Fact]
    public void A_name_on_two_disks_is_told_with_both()
    {
        using var disk = new LoopDisk($"size=8M,type=L,name=allie-{_name}");
        using var clone = new LoopDisk($"size=8M,type=L,name=allie-{_name}");

        var slot = Finder("").Get(_name);

        Assert.Equal(new[] { disk.Part(1), clone.Part(1) }.Order(), slot.Duplicates.Prepend(slot.DevicePath).Order());
        Assert.Equal(["R9"], SlotRules.Refusals(slot, new(AllowLoopDevices: true)).Select(r => r.Rule));
    }

    [Fact]
    public void A_swap_area_and_a_file_system_are_seen_as_blkid_sees_them()
    {
        using var disk = new LoopDisk($"size=64M,type=L,name=allie-{_name}");
        Shell.Run($"mkfs.ext4 -q -L deb13 {disk.Part(1)}");

        var ext4 = Finder("").Get(_name);
        Shell.Run($"wipefs -qa {disk.Part(1)}; mkswap -q {disk.Part(1)}");

        Assert.Equal(["R12"], SlotRules.Refusals(ext4, new(AllowLoopDevices: true)).Select(r => r.Rule));
        Assert.Equal(("ext4", "deb13"), (ext4.FileSystem!.Type, ext4.FileSystem.Label));
        Assert.Contains("R3", SlotRules.Refusals(Finder("").Get(_name), new(AllowLoopDevices: true)).Select(r => r.Rule));
    }

    [Fact]
    public async Task A_mount_in_another_namespace_is_seen()
    {
        using var disk = new LoopDisk($"size=64M,type=L,name=allie-{_name}");
        Shell.Run($"mkfs.ext4 -q {disk.Part(1)}; mkdir {disk.Temporary("mnt")}");
        using (new ForeignMount(disk.Part(1), disk.Temporary("mnt")))
        {
            var slot = Finder("").Get(_name);

            Assert.Equal([disk.Temporary("mnt")], slot.MountedAt);
            Assert.Null(slot.MountedHere);
        }

        await ForeignMount.Until(() => Finder("").Get(_name).MountedAt.Count == 0);
    }

    private static SlotFinder Finder(string settings) => new(PcSettings.Parse(settings, "allie.toml"));
}
