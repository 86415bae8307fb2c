using Allie.Errors;
using Allie.Installers.Lint;
using Allie.Installers.Media;
using Xunit;

namespace Allie.Tests.Installers;

public class MediumSystemTests
{
    [Theory]
    [InlineData("/.treeinfo", "[general]\narch = x86_64\nfamily = Fedora\nversion = 42\n", "Fedora 42", "Kickstart", "F42")]
    [InlineData("/.treeinfo", "[general]\nfamily = Red Hat Enterprise Linux\nname = Red Hat Enterprise Linux 9.4\nversion = 9.4\n", "Red Hat Enterprise Linux 9.4", "Kickstart", "EL9")]
    [InlineData("/.treeinfo", "[general]\nfamily = Rocky Linux\nversion=10.0\n", "Rocky Linux 10.0", "Kickstart", "EL10")]
    [InlineData("/.treeinfo", "[general]\nfamily = openEuler\nversion = 24.03\n", "openEuler 24.03", "Kickstart", null)]
    [InlineData("/.discinfo", "1713.22\nFedora 40\nx86_64\n", "Fedora 40", "Kickstart", "F40")]
    [InlineData("/.discinfo", "1713.22\n42\nx86_64\n", "a system of the Fedora family 42", "Kickstart", null)]
    [InlineData("/.disk/info", "Debian GNU/Linux 12.5.0 \"Bookworm\" - Official amd64 NETINST with firmware 20240210-11:27\n", "Debian GNU/Linux 12.5.0", "Preseed", "bookworm")]
    [InlineData("/.disk/info", "Ubuntu-Server 24.04.1 LTS \"Noble Numbat\" - Release amd64 (20240827)", "Ubuntu-Server 24.04.1 LTS", "Autoinstall", "noble")]
    [InlineData("/.disk/info", "Ubuntu-Server 18.04.6 LTS \"Bionic Beaver\" - Release amd64 (20210915)", "Ubuntu-Server 18.04.6 LTS", "Preseed", "bionic")]
    public void A_medium_says_what_it_holds(string path, string text, string name, string reads, string? release)
    {
        var system = MediumSystem.Of(path, text);

        Assert.Equal(new MediumSystem(name, Enum.Parse<InstallerFileKind>(reads), release), system);
    }

    [Fact]
    public void Of_a_system_that_is_not_known_nothing_is_said() => Assert.Null(MediumSystem.Of("/.disk/info", "Linux Mint 22 \"Wilma\" - Release amd64"));

    [Fact]
    public void A_file_of_another_family_or_release_is_refused_with_the_command_that_makes_the_right_one()
    {
        var medium = new MediumSystem("Fedora 43", InstallerFileKind.Kickstart, "F43");

        Assert.Contains("whose installer reads a kickstart file", Refused("d.cfg", InstallerFileKind.Preseed, "trixie").Message);
        Assert.Contains("is made for F42", Refused("f.ks", InstallerFileKind.Kickstart, "F42").Message);
        Assert.Contains("installer kickstart --release F43", Refused("f.ks", InstallerFileKind.Kickstart, "F42").Hint);
        medium.Require("f.ks", InstallerFileKind.Kickstart, "F43");
        medium.Require("f.ks", InstallerFileKind.Kickstart, null);
        (medium with { Release = null }).Require("f.ks", InstallerFileKind.Kickstart, "F42");

        UserError Refused(string file, InstallerFileKind kind, string? release) => Assert.Throws<UserError>(() => medium.Require(file, kind, release));
    }

    [Theory]
    [InlineData("Kickstart", "# EL9 onto the one slot PARTLABEL=allie-b; x\n", "EL9")]
    [InlineData("Kickstart", "lang en\n", null)]
    [InlineData("Preseed", "d-i x/y string z\nd-i mirror/suite string trixie\n", "trixie")]
    [InlineData("Preseed", "d-i mirror/suite string stable\n", null)]
    [InlineData("Autoinstall", "#cloud-config\n", null)]
    public void A_file_says_which_release_it_is_for(string kind, string text, string? release) =>
        Assert.Equal(release, MediumSystem.ReleaseOf(Enum.Parse<InstallerFileKind>(kind), text));
}
