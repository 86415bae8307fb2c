using Allie.Errors;
using Allie.Installers;
using Allie.Installers.Lint;
using Allie.Installers.Media;
using Xunit;

namespace Allie.Tests.Installers;

public class MediumMenuTests
{
    private static readonly string[] Words = ["inst.ks=hd:LABEL=X:/allie.ks", "ds=a;s=b"];

    [Theory]
    [InlineData("  append initrd=initrd.img inst.stage2=hd:LABEL=X rd.live.check quiet", "  append initrd=initrd.img inst.stage2=hd:LABEL=X quiet inst.ks=hd:LABEL=X:/allie.ks ds=a;s=b")]
    [InlineData("\tappend vga=788 initrd=/install.amd/initrd.gz --- quiet", "\tappend vga=788 initrd=/install.amd/initrd.gz inst.ks=hd:LABEL=X:/allie.ks ds=a;s=b --- quiet")]
    [InlineData("\tlinuxefi /images/pxeboot/vmlinuz quiet", "\tlinuxefi /images/pxeboot/vmlinuz quiet inst.ks=hd:LABEL=X:/allie.ks 'ds=a;s=b'")]
    [InlineData("\tlinux\t/casper/vmlinuz  --- ", "\tlinux\t/casper/vmlinuz  inst.ks=hd:LABEL=X:/allie.ks 'ds=a;s=b' ---")]
    [InlineData("    linux ($root)/install.amd/vmlinuz vga=788 --- quiet\r", "    linux ($root)/install.amd/vmlinuz vga=788 inst.ks=hd:LABEL=X:/allie.ks 'ds=a;s=b' --- quiet\r")]
    public void The_words_go_where_that_menu_has_them(string line, string expected)
    {
        var (text, changed) = MediumMenu.Add("set timeout=60\n" + line + "\n}\n", Words);

        Assert.Equal("set timeout=60\n" + expected + "\n}\n", text);
        Assert.Equal(1, changed);
        Assert.Equal((text, 0), MediumMenu.Add(text, Words));
    }

    [Theory]
    [InlineData("  append initrd=initrd.img inst.rescue quiet")]
    [InlineData("  append vga=788 initrd=/i.gz rescue/enable=true --- quiet")]
    [InlineData("  linux16 /boot/memtest86+x64.bin")]
    [InlineData("  append -")]
    [InlineData("  kernel vmlinuz")]
    [InlineData("  label linux")]
    [InlineData("  menu label ^linux / install")]
    [InlineData("  initrd /casper/initrd")]
    public void Nothing_else_is_touched(string line) => Assert.Equal((line, 0), MediumMenu.Add(line, Words));

    [Theory]
    [InlineData(InstallerFileKind.Kickstart, "/allie.ks", "inst.ks=hd:LABEL=A\\x20B:/allie.ks inst.cmdline ip=dhcp")]
    [InlineData(InstallerFileKind.Preseed, "/allie.cfg", "auto=true priority=critical file=/cdrom/allie.cfg")]
    [InlineData(InstallerFileKind.Autoinstall, "/allie/user-data", "autoinstall ds=nocloud;s=/cdrom/allie/")]
    public void Each_installer_is_told_where_its_file_lies(InstallerFileKind kind, string path, string words)
    {
        var embedded = EmbeddedFile.For(kind, InstallerRelease.Parse("EL7"), "A B", null, []);

        Assert.Equal((path, words), (embedded.Path, string.Join(' ', embedded.Words)));
        Assert.Equal(kind == InstallerFileKind.Autoinstall ? ["/allie/meta-data"] : [], embedded.Empty);
    }

    [Fact]
    public void Without_a_label_a_kickstart_file_would_not_be_found_again() =>
        Assert.Throws<UserError>(() => EmbeddedFile.For(InstallerFileKind.Kickstart, null, "", null, []));

    [Theory]
    [InlineData("El Torito img path :   2  /images/efiboot.img\n", "/images/efiboot.img", 0, 0)]
    [InlineData("El Torito img blks :   2  2048\n", null, 2201 * 2048, 2048 * 2048)]
    public void What_xorriso_tells_is_read(string efi, string? path, long start, long length)
    {
        var facts = IsoFacts.Parse(
            "Volume Id    : Fedora-S 42\nEl Torito images   :   N  Pltf  B   Emul  Ld_seg  Hdpt  Ldsiz         LBA\n"
            + "El Torito boot img :   1  BIOS  y   none  0x0000  0x00      4          71\nEl Torito boot img :   2  UEFI  y   none  0x0000  0x00   8192        2201\n"
            + "El Torito img path :   1  /isolinux/isolinux.bin\n" + efi + "'/EFI/BOOT/grub.cfg'\n'/images/x.img'\n");

        Assert.Equal(("Fedora-S 42", 2), (facts.Volume, facts.BootImages));
        Assert.Equal(["/EFI/BOOT/grub.cfg"], facts.Menus);
        Assert.Equal(new EfiImage(path, start, length), facts.Efi);
    }
}
