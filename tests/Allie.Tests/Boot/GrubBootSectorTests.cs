using Allie.Boot.Grub;
using Xunit;

namespace Allie.Tests.Boot;

public sealed class GrubBootSectorTests
{
    [Fact]
    public void The_sector_of_the_core_image_is_read_from_grubs_boot_sector_only()
    {
        var sector = new byte[512];
        sector[0x5C + 1] = 8;
        "GRUB "u8.CopyTo(sector.AsSpan(0x180));
        (sector[510], sector[511]) = (0x55, 0xAA);

        Assert.Equal(2048, GrubBootSector.CoreSector(sector));
        sector[0x180] = 0;
        Assert.Null(GrubBootSector.CoreSector(sector));
        Assert.Null(GrubBootSector.CoreSector([]));
    }

    [Theory]
    [InlineData("search.fs_uuid 1b6e1f02-aaaa-4bbb-8ccc-0123456789ab root hd0,gpt3\nset prefix=($root)'/boot/grub'\n", "1b6e1f02-aaaa-4bbb-8ccc-0123456789ab")]
    [InlineData("search --no-floppy --fs-uuid --set=dev 1B6E1F02-aaaa-4bbb-8ccc-0123456789ab\n", "1b6e1f02-aaaa-4bbb-8ccc-0123456789ab")]
    [InlineData("search --no-floppy --root-dev-only --fs-uuid --set=dev ABCD-1234\n", "abcd-1234")]
    [InlineData("configfile /grub/grub.cfg\n", null)]
    public void An_efi_stub_tells_the_file_system_that_it_leads_to(string stub, string? uuid)
    {
        Assert.Equal(uuid, GrubBootSector.FsUuid(stub));
    }
}
