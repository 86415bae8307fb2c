using Allie.Errors;
using Allie.Installers;
using Allie.Installers.Bootstrap;
using Xunit;

namespace Allie.Tests.Installers.Bootstrap;

public class DnfTests
{
    private static readonly BootstrapRequest Request = new("EL9", "", ["rsync", "kernel"], ["file:///srv/rpms"], "") { Maker = BootstrapMaker.Dnf };

    [Fact]
    public void Named_repositories_are_asked_alone() =>
        Assert.Equal(
            [
                "--installroot=/t", "--releasever=9", "--setopt=install_weak_deps=False", "--setopt=tsflags=nodocs", "-y",
                "--repofrompath=allie0,file:///srv/rpms", "--repo=allie0", "--setopt=allie0.gpgcheck=0", "install", "rsync", "kernel",
            ],
            DnfCall.Arguments(Request, "/t"));

    [Theory]
    [InlineData("/k.asc", "--setopt=allie0.gpgkey=file:///k.asc")]
    [InlineData("https://h/k", "--setopt=allie0.gpgkey=https://h/k")]
    public void Packages_from_elsewhere_need_a_key(string key, string argument)
    {
        var elsewhere = Request with { Sources = ["http://h/rpms"] };

        Assert.Contains("--gpg-key", Assert.Throws<UserError>(() => DnfCall.Arguments(elsewhere, "/t")).Hint);
        Assert.Contains(argument, DnfCall.Arguments(elsewhere with { RpmKey = key }, "/t"));
        Assert.Contains("--setopt=allie0.gpgcheck=1", DnfCall.Arguments(elsewhere with { RpmKey = key }, "/t"));
    }

    [Theory]
    [InlineData("F35", "var/lib/rpm")]
    [InlineData("F36", "usr/lib/sysimage/rpm")]
    [InlineData("EL9", "var/lib/rpm")]
    [InlineData("EL10", "usr/lib/sysimage/rpm")]
    public void Each_release_has_its_database_in_its_place(string release, string path) => Assert.Equal(path, InstallerRelease.Parse(release).RpmDatabase);

    [Theory]
    [InlineData("libstdc++")]
    [InlineData("NetworkManager")]
    [InlineData("python3.12")]
    [InlineData("kernel-6.14.0-63.fc42.x86_64")]
    public void The_names_of_rpm_are_taken_for_rpm(string name) => Assert.Contains(name, BootstrapPackages.ForRpm(null, null, name));

    [Theory]
    [InlineData("NetworkManager")]
    [InlineData("a_b")]
    public void Each_family_has_its_own_names(string name) => Assert.Throws<UserError>(() => BootstrapPackages.Debian([name], "none", ""));

    [Theory]
    [InlineData("--nogpgcheck")]
    [InlineData("*")]
    [InlineData("/tmp/x.rpm")]
    [InlineData("@core")]
    public void What_is_no_name_of_rpm_is_refused(string name) => Assert.Throws<UserError>(() => BootstrapPackages.ForRpm(null, null, name));

    [Fact]
    public void Another_kernel_goes_instead_of_the_usual_one()
    {
        Assert.DoesNotContain("kernel", BootstrapPackages.ForRpm(null, "kernel-rt", ""));
        Assert.Contains("kernel-rt", BootstrapPackages.ForRpm(null, "kernel-rt", ""));
        Assert.DoesNotContain("kernel", BootstrapPackages.ForRpm(null, "none", ""));
    }
}
