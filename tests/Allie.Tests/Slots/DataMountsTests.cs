using Allie.Slots;
using Xunit;

namespace Allie.Tests.Slots;

public sealed class DataMountsTests
{
    private static readonly SlotFacts Slot = new()
    {
        Name = "b", DevicePath = "/dev/sda3", DeviceNumber = "8:3", SizeBytes = 1 << 30, PartUuid = "6f1c1b2e-02", PartName = "allie-b",
        Signatures = [new("ext4", "data one", "01234567-89ab-8a11-8def-0123456789ab")],
    };

    [Theory]
    [InlineData("UUID=01234567-89AB-8a11-8def-0123456789ab")]
    [InlineData("UUID=\"01234567-89ab-8a11-8def-0123456789ab\"")]
    [InlineData(@"LABEL=data\040one")]
    [InlineData("PARTUUID=6F1C1B2E-02")]
    [InlineData("PARTLABEL=allie-b")]
    [InlineData("/dev/sda3")]
    [InlineData("/dev/disk/by-uuid/01234567-89ab-8a11-8def-0123456789ab")]
    [InlineData("/dev/disk/by-partlabel/allie-b")]
    public void Every_name_of_a_partition_is_seen(string spec)
    {
        Assert.Equal(["/home in the fstab of slot a"], DataMounts.Of(Slot, "slot a", SlotContent.Nothing with { Fstab = $"# data\n\n{spec}\t/home ext4 defaults 0 2\n" }));
        Assert.Equal(["swap in the fstab of slot a"], DataMounts.Of(Slot, "slot a", SlotContent.Nothing with { Fstab = $"{spec} none swap sw 0 0" }));
        Assert.Equal(["safe in the crypttab of slot a"], DataMounts.Of(Slot, "slot a", SlotContent.Nothing with { Crypttab = $"safe {spec} none luks" }));
    }

    [Theory]
    [InlineData("UUID=01234567-89ab-8a11-8def-0123456789ab / ext4 defaults 0 1")] // its own root
    [InlineData("# UUID=01234567-89ab-8a11-8def-0123456789ab /home ext4 defaults 0 2")]
    [InlineData("UUID=11234567-89ab-8a11-8def-0123456789ab /home ext4 defaults 0 2")]
    [InlineData("LABEL=data /home ext4 defaults 0 2")]
    [InlineData("/dev/sda33 /home ext4 defaults 0 2")]
    [InlineData("LABEL= /home ext4 defaults 0 2")]
    [InlineData("nonsense")]
    public void What_only_looks_like_it_is_not(string line) =>
        Assert.Empty(DataMounts.Of(Slot with { Signatures = [.. Slot.Signatures, new("swap", "", "")] }, "slot a", SlotContent.Nothing with { Fstab = line }));
}
