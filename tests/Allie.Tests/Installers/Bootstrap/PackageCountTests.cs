using Allie.Installers.Bootstrap;
using Xunit;

namespace Allie.Tests.Installers.Bootstrap;

/// <summary>The words are those of apt 2.6 and dnf 4.14, as they were heard.</summary>
public class PackageCountTests
{
    [Theory]
    [InlineData("Inst rsync (3.4.1+ds1-5 Debian:13.2/stable [amd64])", "rsync")]
    [InlineData("Conf rsync (3.4.1+ds1-5 Debian:13.2/stable [amd64])", null)]
    [InlineData("Installing:", null)]
    public void What_apt_would_install_is_read(string line, string? name) => Assert.Equal(name, PackageCount.Installs(line));

    [Fact]
    public void The_sizes_of_apt_are_bytes_and_kibibytes()
    {
        Assert.Equal(new PackageCount(2, 500, 3 << 10), PackageCount.OfApt("Package: a\nInstalled-Size: 1\nSize: 200\n\nPackage: b\nSize: 300\nInstalled-Size: 2\nDescription: x\n"));
        Assert.Null(PackageCount.OfApt(""));
    }

    [Theory]
    [InlineData("Install  2 Packages\n\nTotal size: 1.0 M\nInstalled size: 1.9 M\nOperation aborted.", 2, 1 << 20, 1992294)]
    [InlineData("Install  212 Packages\n\nTotal download size: 512 k\nInstalled size: 1.5 G\n", 212, 512 << 10, 1610612736)]
    public void The_sizes_of_dnf_have_units(string text, int packages, long fetched, long installed) =>
        Assert.Equal(new PackageCount(packages, fetched, installed), PackageCount.OfDnf(text));

    [Fact]
    public void What_dnf_did_not_tell_is_not_known()
    {
        Assert.Null(PackageCount.OfDnf("Total size of inbound packages is 2 MiB."));
        Assert.Equal((0, "x"), (new BootstrapOutlook("x", []).LeastBytes, new BootstrapOutlook("x", []).Words));
    }
}
