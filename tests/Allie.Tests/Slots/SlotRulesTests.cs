using Allie.Images;
using Allie.Slots;
using Xunit;

namespace Allie.Tests.Slots;

/// <summary>One slot that a rule refuses, and one that comes near and is not refused, for every rule.</summary>
public class SlotRulesTests
{
    private const string OurUuid = "01234567-89ab-8a11-8def-0123456789ab";
    private const string ForeignUuid = "01234567-89ab-4a11-8def-0123456789ab";
    private static readonly SlotNeeds NoNeeds = new();

    private static readonly SlotFacts Spare = new()
    {
        Name = "b", DevicePath = "/dev/sda3", DeviceNumber = "8:3", SizeBytes = 20L << 30, DeclaredBy = SlotDeclaration.PartitionName,
        PartUuid = "p", PartName = "allie-b", TypeId = "0fc63daf-8483-4772-8e79-3d69d8477de4", Number = 3,
    };

    [Fact]
    public void A_declared_blank_slot_is_not_refused() => Assert.Empty(SlotRules.Refusals(Spare, NoNeeds));

    public static TheoryData<string, SlotFacts> Refused => new()
    {
        { "R1", Spare with { IsRunningRoot = true } },
        { "R2", Spare with { MountedAt = ["/mnt"] } },
        { "R3", Spare with { IsActiveSwap = true } },
        { "R3", Holding("swap", OurUuid) },
        { "R3", Holding("swsuspend", OurUuid) },
        { "R4", Spare with { Holders = ["dm-0"] } },
        { "R5", Holding("LVM2_member", OurUuid) },
        { "R5", Holding("crypto_LUKS", OurUuid) },
        { "R5", Holding("linux_raid_member", OurUuid) },
        { "R5", Holding("isw_raid_member", OurUuid) },
        { "R5", Holding("ddf_raid_member", OurUuid) },
        { "R5", Holding("drbd", OurUuid) },
        { "R5", Holding("ceph_bluestore", OurUuid) },
        { "R6", Spare with { IsWholeDisk = true } },
        { "R6", Spare with { IsLoopOrMemory = true } },
        { "R6", Spare with { IsRemovable = true } },
        { "R7", Spare with { IsReadOnly = true } },
        { "R8", Spare with { DeclaredBy = SlotDeclaration.None } },
        { "R9", Spare with { Duplicates = ["/dev/sdb3"] } },
        { "R10", Spare with { TypeId = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b" } },
        { "R10", Spare with { TypeId = "21686148-6449-6e6f-744e-656564454649" } },
        { "R10", Spare with { TypeId = "0657fd6d-a4ab-43c4-84e5-0933c84b4f4f" } },
        { "R10", Spare with { TypeId = "" } },
        { "R11", Spare with { Signatures = [new("ext4", "", OurUuid), new("gpt", "", "")] } },
        { "R12", Holding("ext4", ForeignUuid) },
        { "R12", Holding("ntfs", "") },
        { "R12", Holding("unreadable", "") },
        { "R13", Spare with { NamedAsData = ["/home in the fstab of slot a"] } },
        { "R14", Spare with { BootLoader = "GRUB's directory /boot/grub" } },
        { "R14", Spare with { IsDefault = true } },
        { "R15", Holding("ext4", OurUuid) with { TryUnderWay = true } },
        { "R17", Spare with { Hibernated = "/dev/sda2" } },
        { "R18", Spare with { StaleTable = "9 MiB there, 10 MiB for the kernel" } },
        { "R18", Spare with { DiskErrors = "2 I/O errors on sda since the start" } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Each_rule_refuses_its_case_and_only_it(string rule, SlotFacts facts)
    {
        Assert.Equal([rule], SlotRules.Refusals(facts, NoNeeds).Select(r => r.Rule));
    }

    [Fact]
    public void Every_rule_but_the_one_of_sizes_has_a_case_here()
    {
        var rules = Refused.Select(row => row.Data.Item1).Append("R16").ToHashSet();

        Assert.Empty(Enumerable.Range(1, 18).Select(n => $"R{n}").Except(rules));
    }

    public static TheoryData<string, SlotFacts, SlotNeeds> NearMisses => new()
    {
        { "our own file system", Holding("ext4", OurUuid), NoNeeds },
        { "a foreign one, given up by its exact UUID", Holding("ext4", ForeignUuid), new(ReuseFsUuid: ForeignUuid.ToUpperInvariant()) },
        { "loop, where it is allowed", Spare with { IsLoopOrMemory = true }, new(AllowLoopDevices: true) },
        { "removable, where loops are allowed", Spare with { IsRemovable = true }, new(AllowLoopDevices: true) },
        { "declared in the settings", Spare with { DeclaredBy = SlotDeclaration.Settings, PartName = "" }, NoNeeds },
        { "Linux root type", Spare with { TypeId = "4f68bce3-e8cd-4db1-96e7-fbcaf984b709" }, NoNeeds },
        { "MBR Linux type", Spare with { TypeId = "0x83" }, NoNeeds },
        { "exactly large enough", Spare, new(Bytes: 20L << 30) },
        { "exactly enough inodes", Spare, new(Entries: ((20L << 30) / 16384) - 16) },
        { "empty, while another is on trial", Spare with { TryUnderWay = true }, NoNeeds },
    };

    [Theory]
    [MemberData(nameof(NearMisses))]
    public void A_near_miss_is_not_refused(string what, SlotFacts facts, SlotNeeds needs)
    {
        Assert.True(SlotRules.Refusals(facts, needs).Count == 0, what);
    }

    [Fact]
    public void One_byte_too_small_is_refused() => Assert.Equal("R16", Assert.Single(SlotRules.Refusals(Spare, new(Bytes: (20L << 30) + 1))).Rule);

    [Fact]
    public void One_file_too_many_is_refused() => Assert.Equal("R16", Assert.Single(SlotRules.Refusals(Spare, new(Entries: ((20L << 30) / 16384) - 15))).Rule);

    [Fact]
    public void The_running_root_is_refused_as_that_alone_while_it_is_on_trial_or_the_default()
    {
        var root = Holding("ext4", OurUuid) with { IsRunningRoot = true, TryUnderWay = true, IsDefault = true };

        Assert.Equal(["R1"], SlotRules.Refusals(root, NoNeeds).Select(r => r.Rule));
    }

    [Fact]
    public void An_image_of_unknown_size_is_not_too_large_and_a_known_one_needs_a_tenth_more_and_32_MiB()
    {
        Assert.Equal(0, new SlotNeeds().For(ImageFacts.Unknown).Bytes);
        Assert.Equal((1100L << 20) + (32 << 20), new SlotNeeds().For(new(1000L << 20, 5, [])).Bytes);
    }

    [Fact]
    public void Another_uuid_than_the_one_typed_is_refused()
    {
        Assert.Equal("R12", Assert.Single(SlotRules.Refusals(Holding("ext4", ForeignUuid), new(ReuseFsUuid: OurUuid))).Rule);
    }

    [Fact]
    public void Giving_up_a_file_system_does_not_give_up_a_raid_member()
    {
        var refusals = SlotRules.Refusals(Holding("linux_raid_member", ForeignUuid), new(ReuseFsUuid: ForeignUuid));

        Assert.Equal("R5", Assert.Single(refusals).Rule);
    }

    [Fact]
    public void All_refusals_are_told_at_once()
    {
        var facts = Holding("ext4", ForeignUuid) with { IsRunningRoot = true, MountedAt = ["/"], BootLoader = "GRUB" };

        Assert.Equal(["R1", "R2", "R12", "R14"], SlotRules.Refusals(facts, NoNeeds).Select(r => r.Rule));
    }

    private static SlotFacts Holding(string type, string uuid) => Spare with { Signatures = [new(type, "", uuid)] };
}
