using Allie.Errors;
using Allie.Images;
using Allie.Prep;
using Allie.Slots;
using Xunit;

namespace Allie.Tests.Prep;

public sealed class StrategyChoiceTests
{
    private const long Gigabyte = 1L << 30;
    private static readonly PrepTarget Target = new("deb13", 3, "b", "/dev/sda4", "part-uuid", 20 * Gigabyte);
    private static readonly ImageFacts Facts = new(2 * Gigabyte, 60_000, []);
    private static readonly Seed Inactive = new("c", "deb13", 2, "ext4", 20 * Gigabyte, 3 * Gigabyte);
    private static readonly Seed Running = new(null, "deb13", 2);

    [Fact]
    public void Without_another_generation_on_the_pc_all_of_it_is_fetched()
    {
        Assert.Equal(FetchStrategy.Full, Choose(Empty).Strategy);
        Assert.Equal(FetchStrategy.Full, Choose(Empty, Inactive with { Image = "f42" }, Running with { Image = "f42" }).Strategy);
    }

    [Fact]
    public void A_slot_that_holds_another_generation_is_updated_in_place()
    {
        var way = Choose(Holding("deb13", 2), Inactive, Running);

        Assert.Equal((FetchStrategy.InPlace, "the slot holds generation 2: what differs"), (way.Strategy, way.Reason));
    }

    [Fact]
    public void Another_image_or_a_foreign_file_system_or_another_type_is_not_updated_in_place()
    {
        Assert.Equal(FetchStrategy.Full, Choose(Holding("f42", 2)).Strategy);
        var foreign = Holding("deb13", 2);
        foreign = foreign with { Facts = foreign.Facts with { Signatures = [new("ext4", "x", "01234567-89ab-4a11-8def-0123456789ab")] } };
        Assert.Equal(FetchStrategy.Full, Choose(foreign).Strategy);
        Assert.Equal(FetchStrategy.Full, StrategyChoice.Choose(Target, Holding("deb13", 2), "xfs", Facts, [], null).Strategy);
    }

    [Fact]
    public void An_inactive_slot_lends_its_blocks_and_the_running_system_its_files()
    {
        Assert.Equal((FetchStrategy.BlockClone, Inactive), Short(Choose(Empty, Running, Inactive)));
        Assert.Equal((FetchStrategy.FileClone, Running), Short(Choose(Empty, Running)));
    }

    [Fact]
    public void Blocks_that_do_not_fit_or_are_mostly_somebodys_data_are_not_copied()
    {
        Assert.Equal(FetchStrategy.FileClone, Choose(Empty, Inactive with { Bytes = 21 * Gigabyte }).Strategy);
        Assert.Equal(FetchStrategy.FileClone, Choose(Empty, Inactive with { UsedBytes = (4 * Gigabyte) + 1 }).Strategy);
        Assert.Equal(FetchStrategy.BlockClone, Choose(Empty, Inactive with { Bytes = 20 * Gigabyte, UsedBytes = 4 * Gigabyte }).Strategy);
        Assert.Equal(FetchStrategy.FileClone, Choose(Empty, Inactive with { FileSystem = "xfs" }).Strategy);
        Assert.Equal(FetchStrategy.FileClone, StrategyChoice.Choose(Target, Empty, "btrfs", Facts, [Inactive with { FileSystem = "btrfs" }], null).Strategy);
    }

    [Fact]
    public void The_nearest_generation_lends_and_a_slot_before_the_running_system()
    {
        var old = Inactive with { Slot = "d", Generation = 1 };

        Assert.Equal(Inactive, Choose(Empty, old, Inactive).Seed);
        Assert.Equal(Inactive with { FileSystem = "btrfs" }, Choose(Empty, Running, Inactive with { FileSystem = "btrfs" }).Seed);
    }

    [Fact]
    public void What_was_asked_for_is_done_or_refused_with_the_reason()
    {
        Assert.Equal(FetchStrategy.Full, Choose(Holding("deb13", 2), FetchStrategy.Full).Strategy);
        Assert.Equal(FetchStrategy.FileClone, Choose(Empty, FetchStrategy.FileClone, Inactive, Running).Strategy);
        Assert.Contains("holds no complete image", Refused(Empty, FetchStrategy.InPlace));
        Assert.Contains("the slot holds f42", Refused(Holding("f42", 1), FetchStrategy.InPlace));
        Assert.Contains("the running system changes while it is read", Refused(Empty, FetchStrategy.BlockClone, Running));
        Assert.Contains("a copy cannot be told from the original", Assert.Throws<UserError>(() => StrategyChoice.Choose(
            Target, Empty, "btrfs", Facts, [Inactive with { FileSystem = "btrfs" }], FetchStrategy.BlockClone)).Message);
        Assert.Contains("no other image", Refused(Empty, FetchStrategy.FileClone));
        Assert.Equal(Inactive with { Image = "f42" }, Choose(Empty, FetchStrategy.FileClone, Inactive with { Image = "f42" }).Seed);
    }

    private static FetchWay Choose(SlotCandidate slot, params Seed[] seeds) => StrategyChoice.Choose(Target, slot, "ext4", Facts, seeds, null);

    private static FetchWay Choose(SlotCandidate slot, FetchStrategy wanted, params Seed[] seeds) => StrategyChoice.Choose(Target, slot, "ext4", Facts, seeds, wanted);

    private static string Refused(SlotCandidate slot, FetchStrategy wanted, params Seed[] seeds) =>
        Assert.Throws<UserError>(() => Choose(slot, wanted, seeds)).Message;

    private static (FetchStrategy, Seed?) Short(FetchWay way) => (way.Strategy, way.Seed);

    private static readonly SlotCandidate Empty = new(new() { Name = "b", DevicePath = "/dev/sda4", DeviceNumber = "8:4", SizeBytes = 20 * Gigabyte });

    private static SlotCandidate Holding(string image, int generation) => new(
        Empty.Facts with { Signatures = [new("ext4", image, "01234567-89ab-8a11-8def-0123456789ab")] },
        new(image, generation, "b", "01234567-89ab-8a11-8def-0123456789ab", "2026-01-01T00:00:00Z"));
}
