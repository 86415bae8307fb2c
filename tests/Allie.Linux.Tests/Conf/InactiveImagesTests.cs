using Allie.Config;
using Allie.Linux.Conf;
using Allie.Slots;
using Xunit;

namespace Allie.Linux.Tests.Conf;

public class InactiveImagesTests
{
    private static readonly PcSettings Strict = PcSettings.Parse("", "t");
    private static readonly PcSettings Lab = PcSettings.Parse("[safety]\nallow-loop-devices = true\n", "t");

    private static readonly SlotFacts Slot = new()
    {
        Name = "b", DevicePath = "/dev/sda3", DeviceNumber = "8:3", SizeBytes = 1 << 30, Signatures = [new("ext4", "deb13", "")],
    };

    [Fact]
    public void A_slot_on_a_loop_device_is_left_alone_unless_the_settings_allow_it()
    {
        Assert.True(InactiveImages.CanHoldImage(Slot, Strict));
        Assert.False(InactiveImages.CanHoldImage(Slot with { IsLoopOrMemory = true }, Strict));
        Assert.True(InactiveImages.CanHoldImage(Slot with { IsLoopOrMemory = true }, Lab));
    }

    [Fact]
    public void Swap_and_blank_slots_hold_no_image() =>
        Assert.All([Slot with { Signatures = [] }, Slot with { Signatures = [new("swap", "", "")] }], s => Assert.False(InactiveImages.CanHoldImage(s, Strict)));

    [Fact]
    public void A_slot_that_is_mounted_or_means_two_devices_is_skipped_with_the_reason()
    {
        Assert.Null(InactiveImages.Skip(Slot));
        Assert.Contains("/mnt", InactiveImages.Skip(Slot with { MountedAt = ["/mnt"] }));
        Assert.Contains("/dev/sdb3", InactiveImages.Skip(Slot with { Duplicates = ["/dev/sdb3"] }));
    }
}
