using Allie.Boot;
using Allie.Boot.Grub;
using Allie.Boot.Moving;
using Xunit;

namespace Allie.Tests.Boot;

public class MovedGrubTests
{
    private const string Old = "11111111-2222-4333-8444-555555555555";
    private const string New = "99999999-8888-8a11-8666-555555555555";

    [Theory]
    [InlineData("search.fs_uuid " + Old + " root hd0,gpt2\nset prefix=($root)'/boot/grub'\nconfigfile $prefix/grub.cfg\n", "search.fs_uuid " + New + " root hd0,gpt2\nset prefix=($root)'/grub'\nconfigfile $prefix/grub.cfg\n")]
    [InlineData("search --no-floppy --root-dev-only --fs-uuid --set=dev " + Old + "\nset prefix=($dev)/boot/grub\nexport $prefix\n", "search --no-floppy --root-dev-only --fs-uuid --set=dev " + New + "\nset prefix=($dev)/grub\nexport $prefix\n")]
    public void A_stub_of_debian_or_fedora_leads_to_the_new_place(string stub, string moved) => Assert.Equal(moved, MovedGrub.Stub(stub, Old, "/boot/grub", New, "/grub"));

    [Theory]
    [InlineData("set prefix=(hd0,gpt2)/boot/grub\nconfigfile $prefix/grub.cfg\n")] // by number: no UUID to change
    [InlineData("search.fs_uuid " + Old + " root\nset prefix=($root)'/somewhere'\n")]
    [InlineData("menuentry x {\n}\n")]
    public void A_stub_of_another_form_is_left_alone(string stub) => Assert.Null(MovedGrub.Stub(stub, Old, "/boot/grub", New, "/grub"));

    [Fact]
    public void A_new_menu_keeps_the_terminal_and_leads_to_the_old_one_as_its_default()
    {
        var cfg = MovedGrub.Cfg("serial --unit=0\nset timeout=7\nterminal_output serial\nset default=2\n", Old, "/boot/grub");

        Assert.Contains("\nserial --unit=0\nterminal_output serial\nset default=0\nset timeout=7\n", cfg, StringComparison.Ordinal);
        Assert.True(GrubCfg.SourcesCustom(cfg));
        Assert.Equal(new GrubMenu(0, false), GrubMenu.Parse(cfg, ""));
        Assert.False(MovedGrub.HasPassword(cfg));
        Assert.True(MovedGrub.HasPassword("set superusers=\"root\"\n"));
    }

    [Fact]
    public void Entries_tell_the_image_where_the_boot_home_is_now()
    {
        var (from, to) = (new BootHomeName(BootMethod.Grub, "aa", "/boot/grub"), new BootHomeName(BootMethod.Grub, "bb", "/grub"));
        var entry = new BootEntry("b", "t", New, "/boot/vmlinuz-1", "/boot/initrd.img-1", KernelLine.Make(New, "b", from, "quiet", ""));
        var text = new AllieCfg([]).With(entry).Format(GrubMenu.Unknown, true);

        var moved = MovedGrub.Entries(text, from, to, MovedGrub.Cfg("", Old, "/boot/grub"))!;

        Assert.Equal(new AllieCfg([]).With(entry with { Arguments = KernelLine.Make(New, "b", to, "quiet", "") }).Format(new(0, false), true), moved);
        Assert.Null(MovedGrub.Entries(null, from, to, ""));
    }

    [Fact]
    public void A_second_core_image_goes_where_nothing_is()
    {
        var area = new byte[20 * CoreImage.SectorBytes];
        area[(9 * CoreImage.SectorBytes) + 3] = 1; // somebody's, in sector 109

        Assert.Equal(106, CoreImage.Place(area, 100, (100, 106), 4, isGrubs: true));
        Assert.Equal(110, CoreImage.Place(area, 100, (100, 106), 4, isGrubs: false));
        Assert.Equal(100, CoreImage.Place(area, 100, (104, 120), 4, isGrubs: true)); // in front of the one in use
        Assert.Null(CoreImage.Place(area, 100, (100, 106), 15, isGrubs: true));
        Assert.Null(CoreImage.Place(area, 100, (0, 0), 12, isGrubs: false));
    }

    [Fact]
    public void The_block_list_tells_where_the_rest_of_a_core_image_is()
    {
        var file = new byte[1500];
        file[1499] = 7;

        var image = CoreImage.At(file, 3000);

        Assert.Equal((3 * 512, 7), (image.Length, image[1499]));
        Assert.Equal(3001, BitConverter.ToInt64(image, 0x1F4));
        Assert.Equal((2, 0x820), (BitConverter.ToUInt16(image, 0x1FC), BitConverter.ToUInt16(image, 0x1FE)));
    }
}
