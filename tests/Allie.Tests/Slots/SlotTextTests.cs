using Allie.Slots;
using CsCheck;
using Xunit;

namespace Allie.Tests.Slots;

public class SlotTextTests
{
    [Theory]
    [InlineData("allie-b", "b")]
    [InlineData("allie-room_7", "room_7")]
    [InlineData("allie-", null)]
    [InlineData("allie-boot", null)]
    [InlineData("allie-B", null)]
    [InlineData("allie-../x", null)]
    [InlineData("xallie-b", null)]
    [InlineData("Allie-b", null)]
    public void A_partition_name_declares_a_slot_or_not(string partition, string? slot) => Assert.Equal(slot, SlotName.OfPartition(partition));

    [Fact]
    public void Every_uuid_that_we_make_is_known_as_ours_and_is_a_uuid() =>
        Gen.Byte.Array[16].Sample(random =>
        {
            var uuid = AllieUuid.Make(random);
            return AllieUuid.IsOurs(uuid) && AllieUuid.Check(uuid) == uuid && "89ab".Contains(uuid[19]);
        });

    [Theory]
    [InlineData("01234567-89ab-8a12-8def-0123456789ab")]
    [InlineData("01234567-8a11-4a11-8def-0123456789ab")]
    [InlineData("8a11")]
    [InlineData("")]
    public void Other_uuids_are_not_ours(string uuid) => Assert.False(AllieUuid.IsOurs(uuid));

    [Theory]
    [InlineData("(hd0,gpt2)/boot/grub", 2)]
    [InlineData("(hd1,msdos13)/grub2", 13)]
    [InlineData("(hd0,3)/boot/grub", 3)]
    [InlineData("(lvm/vg-root)/boot/grub", null)]
    [InlineData("$prefix", null)]
    public void The_boot_loaders_partition_is_read_from_its_prefix(string prefix, int? partition) => Assert.Equal(partition, GrubPrefix.PartitionOf(prefix));

    [Fact]
    public void A_marker_survives_writing_and_reading()
    {
        var marker = new SlotMarker("deb13", 3, "b", "u", "2026-11-23T15:00:00Z");

        Assert.Equal(marker, SlotMarker.TryParse(marker.Format()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"image\":\"x\"}")]
    [InlineData("{\"image\":3,\"generation\":\"x\",\"slot\":1,\"fsUuid\":1}")]
    public void A_damaged_marker_is_none(string text) => Assert.Null(SlotMarker.TryParse(text));
}
