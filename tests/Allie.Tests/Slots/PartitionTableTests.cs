using Allie.Slots;
using CsCheck;
using Xunit;

namespace Allie.Tests.Slots;

public class PartitionTableTests
{
    private const string Uuid = "74ad0a6b-dcd7-4194-9502-ce96ccfd2468";

    [Theory]
    [InlineData(512)]
    [InlineData(4096)]
    public void A_partition_is_read_with_name_uuid_and_place(int sectorSize)
    {
        var disk = TableBytes.Disk(sectorSize, (TableBytes.LinuxData, Uuid, "allie-b", 50, 60));

        var entry = Assert.Single(Parse(disk, sectorSize));

        Assert.Equal(new(1, TableBytes.LinuxData, Uuid, "allie-b", 50, 60), entry);
    }

    [Fact]
    public void The_backup_at_the_end_counts_when_the_primary_is_damaged()
    {
        var disk = TableBytes.Disk(512, (TableBytes.LinuxData, Uuid, "allie-b", 50, 60));
        disk[2 * 512] ^= 1;

        Assert.Equal("allie-b", Assert.Single(Parse(disk, 512)).Name);
    }

    [Fact]
    public void A_table_damaged_at_both_ends_is_none()
    {
        var disk = TableBytes.Disk(512, (TableBytes.LinuxData, Uuid, "allie-b", 50, 60));
        disk[512 + 60] ^= 1;
        disk[^(512 - 60)] ^= 1;

        Assert.Empty(Parse(disk, 512));
    }

    [Fact]
    public void Bytes_that_are_no_table_never_throw() =>
        Gen.Byte.Array[0, 70000].Sample(bytes => _ = PartitionTable.Parse(bytes, bytes, 512));

    [Fact]
    public void A_damaged_header_never_throws() =>
        Gen.Select(Gen.Int[0, 4096], Gen.Byte).Sample((at, value) =>
        {
            var disk = TableBytes.Disk(512, (TableBytes.LinuxData, Uuid, "allie-b", 50, 60));
            disk[512 + at] = value;
            disk[^(at + 1)] = value;
            _ = Parse(disk, 512);
        });

    [Fact]
    public void An_mbr_partition_has_the_signature_and_number_as_its_uuid()
    {
        var entry = Assert.Single(MbrTable.Parse(Mbr(0x83))!);

        Assert.Equal(new(2, "0x83", "04030201-02", "", 2048, 2048 + 4096 - 1), entry);
    }

    [Fact]
    public void The_protective_mbr_of_a_gpt_disk_is_no_table() => Assert.Null(MbrTable.Parse(Mbr(0xEE)));

    private static IReadOnlyList<PartitionEntry> Parse(byte[] disk, int sectorSize) => PartitionTable.Parse(disk, disk, sectorSize);

    private static byte[] Mbr(byte type)
    {
        var sector = new byte[512];
        (sector[510], sector[511]) = (0x55, 0xAA);
        new byte[] { 1, 2, 3, 4 }.CopyTo(sector, 440);
        sector[446 + 16 + 4] = type;
        new byte[] { 0, 8, 0, 0, 0, 16, 0, 0 }.CopyTo(sector, 446 + 16 + 8);
        return sector;
    }
}
