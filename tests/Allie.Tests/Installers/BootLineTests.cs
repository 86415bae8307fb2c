using Allie.Errors;
using Allie.Installers;
using Xunit;

namespace Allie.Tests.Installers;

public class BootLineTests
{
    [Theory]
    [InlineData("F42", "inst.ks=http://s/f inst.cmdline inst.ksstrict ip=dhcp allie.target=PARTLABEL=allie-b vanilla")]
    [InlineData("EL7", "inst.ks=http://s/f inst.cmdline ip=dhcp allie.target=PARTLABEL=allie-b vanilla")]
    [InlineData("EL6", "ks=http://s/f ip=dhcp allie.target=PARTLABEL=allie-b vanilla")]
    [InlineData("rhel9", "inst.ks=http://s/f inst.cmdline inst.ksstrict ip=dhcp allie.target=PARTLABEL=allie-b vanilla")]
    [InlineData("13", "auto=true priority=critical url=http://s/f allie.target=PARTLABEL=allie-b vanilla")]
    [InlineData("trixie", "auto=true priority=critical url=http://s/f allie.target=PARTLABEL=allie-b vanilla")]
    public void The_line_is_what_that_release_reads(string release, string line)
    {
        Assert.Equal(line, BootLine.For(release, "http://s/f", InstallTarget.Parse("PARTLABEL=allie-b"), ["vanilla"]).Plain);
    }

    [Theory]
    [InlineData("noble")]
    [InlineData("24.04")]
    [InlineData("Ubuntu 24.04")]
    public void Ubuntus_line_has_quotes_for_grub_which_would_end_the_command_at_a_semicolon(string release)
    {
        var line = BootLine.For(release, "http://s/u", null, []);

        Assert.Equal("autoinstall ds=nocloud-net;s=http://s/u/", line.Plain);
        Assert.Equal("autoinstall 'ds=nocloud-net;s=http://s/u/'", line.Grub);
    }

    [Theory]
    [InlineData("F36", "Tab", "Ctrl-x")]
    [InlineData("F37", "GRUB: ", "Ctrl-x")]
    [InlineData("EL9", "isolinux", "GRUB")]
    [InlineData("EL10", "GRUB: ", "Ctrl-x")]
    [InlineData("bookworm", "isolinux", "before the ---")]
    [InlineData("jammy", "GRUB", "before the ---")]
    public void Where_it_goes_is_told_for_each_boot_loader_of_the_medium(string release, string first, string last)
    {
        var how = BootLine.For(release, "http://s/f", null, []).HowTo;

        Assert.Contains(first, how[0]);
        Assert.Contains(last, how[^1]);
    }

    [Theory]
    [InlineData("noble", "http://s/u", "vanilla")]
    [InlineData("noble", "hd:LABEL=X:/f", null)]
    [InlineData("trixie", "hd:LABEL=X:/f", null)]
    [InlineData("noble", "http://s/u?x", null)]
    [InlineData("trixie", "http://", null)]
    [InlineData("trixie", "ftp://s/f", null)]
    [InlineData("F42", "f42.ks", null)]
    [InlineData("F42", "", null)]
    [InlineData("", "http://s/u", null)]
    [InlineData("F42", "http://s/a b", null)]
    [InlineData("potato", "http://s/u", null)]
    public void What_that_installer_would_not_read_is_refused(string release, string url, string? keyword) =>
        Assert.Equal(2, Assert.Throws<UserError>(() => BootLine.For(release, url, null, keyword is null ? [] : [keyword])).ExitCode);
}
