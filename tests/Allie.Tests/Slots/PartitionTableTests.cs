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
        Gen.Byte.Array[0, 70000].Sample(bytes => _ = PartitionTable.Parse(bytes, bytes, 512, number => bytes[..(int)Math.Min(bytes.Length, Math.Min(number, 100) * 512)]));

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
        var entry = Assert.Single(MbrTable.Parse(Mbr(0x83), _ => [])!);

        Assert.Equal(new(2, "0x83", "04030201-02", "", 2048, 2048 + 4096 - 1), entry);
    }

    [Fact]
    public void The_protective_mbr_of_a_gpt_disk_is_no_table() => Assert.Null(MbrTable.Parse(Mbr(0xEE), _ => []));

    [Fact]
    public void Logical_partitions_are_numbered_from_five_along_the_chain()
    {
        var links = new Dictionary<long, byte[]> { [2048] = Link((0x83, 8, 100), (0x05, 500, 200)), [2548] = Link((0, 0, 0), (0x05, 900, 200)), [2948] = Link((0x82, 8, 50)) };

        var found = MbrTable.Parse(Mbr(0x0F), at => links.GetValueOrDefault(at, []))!;

        Assert.Equal(
            [new(2, "0x0f", "04030201-02", "", 2048, 6143), new(5, "0x83", "04030201-05", "", 2056, 2155), new(6, "0x82", "04030201-06", "", 2956, 3005)], found);
    }

    [Fact]
    public void A_chain_in_a_circle_ends_and_one_that_leaves_the_extended_partition_is_not_followed_out_of_it()
    {
        var circle = MbrTable.Parse(Mbr(0x05), _ => Link((0x83, 8, 10), (0x05, 0, 200)))!;
        var beyond = MbrTable.Parse(Mbr(0x05), _ => Link((0x83, 8, 100000)))!;

        Assert.Equal(101, circle.Count);
        Assert.Single(beyond);
    }

    /// <summary>One sector of the chain.</summary>
    private static byte[] Link(params (byte Type, int First, int Count)[] entries)
    {
        var sector = new byte[512];
        (sector[510], sector[511]) = (0x55, 0xAA);
        for (var place = 0; place < entries.Length; place++)
        {
            sector[446 + (place * 16) + 4] = entries[place].Type;
            BitConverter.TryWriteBytes(sector.AsSpan(446 + (place * 16) + 8), entries[place].First);
            BitConverter.TryWriteBytes(sector.AsSpan(446 + (place * 16) + 12), entries[place].Count);
        }

        return sector;
    }

    private static IReadOnlyList<PartitionEntry> Parse(byte[] disk, int sectorSize) => PartitionTable.Parse(disk, disk, sectorSize, _ => []);

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
