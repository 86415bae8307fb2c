using Allie.Errors;
using Allie.Installers;
using Allie.Installers.Lint;
using Allie.Installers.Media;
using Allie.Linux.Installers;
using Allie.Linux.Processes;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Installers;

/// <summary>Small ISO images as the distributions lay theirs out, made and looked at again by xorriso and mtools.</summary>
public sealed class IsoRemasterTests : IDisposable
{
    private const string Isolinux = "-b isolinux/isolinux.bin -c isolinux/boot.cat -no-emul-boot -boot-load-size 4 -boot-info-table -eltorito-alt-boot";
    private const string Old = $"-isohybrid-mbr /usr/lib/ISOLINUX/isohdpfx.bin {Isolinux} -e images/efiboot.img -no-emul-boot -isohybrid-gpt-basdat";

    private const string New = "--grub2-mbr /usr/lib/grub/i386-pc/boot_hybrid.img -partition_offset 16 -appended_part_as_gpt "
        + $"-append_partition 2 C12A7328-F81F-11D2-BA4B-00A0C93EC93B f/images/efiboot.img {Isolinux} -e --interval:appended_partition_2:all:: -no-emul-boot";

    private readonly TempDirectory _directory = new();

    public IsoRemasterTests()
    {
        Assert.SkipUnless(
            new[] { "/usr/bin/xorriso", "/usr/bin/mcopy", "/usr/lib/ISOLINUX/isolinux.bin", "/usr/lib/grub/i386-pc/boot_hybrid.img" }.All(File.Exists),
            "needs xorriso, mtools, isolinux and grub-pc-bin");
        Shell.Run(
            """
            mkdir -p f/isolinux f/images/pxeboot f/EFI/BOOT
            cp /usr/lib/ISOLINUX/isolinux.bin /usr/lib/syslinux/modules/bios/ldlinux.c32 f/isolinux/
            echo kernel >f/images/pxeboot/vmlinuz
            printf 'label linux\n  kernel vmlinuz\n  append initrd=initrd.img inst.stage2=hd:LABEL=F-42 rd.live.check quiet\nlabel rescue\n  append initrd=initrd.img inst.rescue\n' >f/isolinux/isolinux.cfg
            printf 'menuentry x {\n\tlinuxefi /images/pxeboot/vmlinuz quiet\n}\n' >f/EFI/BOOT/grub.cfg
            truncate -s 4M f/images/efiboot.img; mkfs.vfat f/images/efiboot.img >/dev/null
            mmd -i f/images/efiboot.img ::/EFI ::/EFI/BOOT; mcopy -i f/images/efiboot.img f/EFI/BOOT/grub.cfg ::/EFI/BOOT/grub.cfg
            """, _directory.Path);
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(Old)]
    [InlineData(New)]
    public void Fedoras_medium_gets_the_file_and_the_words_in_all_its_menus_and_still_boots_both_ways(string layout)
    {
        Make(layout);
        var file = _directory.Write("f42.ks", "lang en\n");

        using (var remaster = new IsoRemaster(new Runner(default), _directory.At("a.iso")))
        {
            var embedded = EmbeddedFile.For(InstallerFileKind.Kickstart, InstallerRelease.Parse("F42"), remaster.Facts.Volume, null, ["vanilla"]);
            var menus = remaster.Prepare(file, embedded);
            remaster.Write(_directory.At("b.iso"));

            Assert.Equal(3, menus.Count);
            Assert.All(menus, m => Assert.Equal(1, m.Lines));
        }

        const string Words = "inst.ks=hd:LABEL=F-42:/allie.ks inst.cmdline inst.ksstrict ip=dhcp vanilla";
        Extract("/allie.ks", "/isolinux/isolinux.cfg", "/EFI/BOOT/grub.cfg");
        Assert.Equal("lang en\n", File.ReadAllText(_directory.At("out/allie.ks")));
        Assert.Contains($"quiet {Words}\n", File.ReadAllText(_directory.At("out/isolinux/isolinux.cfg")));
        Assert.Contains("append initrd=initrd.img inst.rescue\n", File.ReadAllText(_directory.At("out/isolinux/isolinux.cfg")));
        Assert.Contains($"quiet {Words}\n", File.ReadAllText(_directory.At("out/EFI/BOOT/grub.cfg")));
        var efi = Look("b.iso");
        Assert.Equal(2, efi.BootImages);
        Assert.Contains($"quiet {Words}\n", EfiMenu(efi));
        Assert.Equal(Shell.Run("dd if=a.iso bs=440 count=1 status=none | od -An -tx1 | head -n 2", _directory.Path), Shell.Run("dd if=b.iso bs=440 count=1 status=none | od -An -tx1 | head -n 2", _directory.Path));
        Assert.Equal(["a.iso", "b.iso", "f", "f42.ks", "out"], Directory.EnumerateFileSystemEntries(_directory.Path).Select(e => Path.GetFileName(e)!).Where(e => e != "efi.img").Order());
    }

    [Fact]
    public void A_medium_without_an_installers_line_is_refused_and_leaves_nothing()
    {
        _directory.Write("f/isolinux/isolinux.cfg", "label x\n  localboot 0\n");
        _directory.Write("f/EFI/BOOT/grub.cfg", "exit\n");
        Shell.Run("mcopy -o -i f/images/efiboot.img f/EFI/BOOT/grub.cfg ::/EFI/BOOT/grub.cfg", _directory.Path);
        Make(Old);
        using var remaster = new IsoRemaster(new Runner(default), _directory.At("a.iso"));

        var refused = Assert.Throws<UserError>(() => remaster.Prepare(_directory.Write("x", ""), new("/allie.ks", ["inst.ks=x"], [])));

        Assert.Contains("no boot menu", refused.Message);
    }

    [Fact]
    public void What_is_no_iso_is_refused()
    {
        Assert.Contains("is no ISO image", Assert.Throws<UserError>(() => new IsoRemaster(new Runner(default), _directory.Write("x.iso", new string('x', 100_000)))).Message);
    }

    [Fact]
    public void A_copy_that_lost_what_was_put_in_is_not_given_its_name()
    {
        Make(Old);
        using var remaster = new IsoRemaster(new Losing(new Runner(default)), _directory.At("a.iso"));
        remaster.Prepare(_directory.Write("f42.ks", "lang en\n"), new("/allie.ks", ["inst.ks=x"], []));

        Assert.Throws<UserError>(() => remaster.Write(_directory.At("b.iso")));

        Assert.False(File.Exists(_directory.At("b.iso")));
        Assert.False(File.Exists(_directory.At("b.iso.part")));
    }

    /// <summary>Writes the copy without the file.</summary>
    private sealed class Losing(IRunner real) : IRunner
    {
        public Outcome Run(Command command) =>
            real.Run(command.Arguments.Contains("-commit") && command.Arguments.ToList().IndexOf("/allie.ks") is var at and > 1
                ? command with { Arguments = [.. command.Arguments.Take(at - 2), .. command.Arguments.Skip(at + 1)] }
                : command);
    }

    private void Make(string layout) => Shell.Run($"xorriso -as mkisofs -quiet -o a.iso -J -R -V F-42 {layout} f 2>&1", _directory.Path);

    private void Extract(params string[] paths) =>
        Shell.Run($"xorriso -osirrox on -indev b.iso {string.Join(' ', paths.Select(p => $"-extract {p} out{p}"))} 2>/dev/null; chmod -R u+rw out", _directory.Path);

    private IsoFacts Look(string iso) =>
        IsoFacts.Parse(Shell.Run($"xorriso -indev {iso} -pvd_info -report_el_torito plain -find / -type f 2>/dev/null", _directory.Path));

    private string EfiMenu(IsoFacts facts)
    {
        var start = Shell.Run("xorriso -indev b.iso -report_el_torito plain 2>/dev/null | awk '/boot img :   2/ { print $NF }'", _directory.Path);
        Shell.Run($"dd if=b.iso of=efi.img bs=2048 skip={start} count=2048 status=none", _directory.Path);
        Assert.NotNull(facts.Efi);
        return Shell.Run("MTOOLS_SKIP_CHECK=1 mtype -i efi.img ::/EFI/BOOT/grub.cfg", _directory.Path) + "\n";
    }
}
