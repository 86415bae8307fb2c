using Allie.Installers.Bootstrap;
using Allie.Tests.Blandify;
using Xunit;

namespace Allie.Tests.Installers.Bootstrap;

public class BootNeedsTests
{
    private static readonly (string, string)[] Whole =
    [
        ("boot/vmlinuz-6.1", ""), ("usr/lib/modules/6.1/modules.dep", ""), ("boot/initrd.img-6.1", ""), ("usr/sbin/init", "-> ../lib/systemd/systemd"),
        ("usr/sbin/sshd", ""), ("usr/bin/rsync", ""), ("usr/sbin/cron", ""), ("usr/lib/systemd/systemd-networkd", ""),
    ];

    [Fact]
    public void A_whole_tree_lacks_nothing() => Assert.Empty(BootNeeds.Missing(new MemoryTree(Whole), withoutKernel: false));

    [Theory]
    [InlineData("boot/vmlinuz-6.1", "has no kernel; the package is: linux-image-amd64 (Ubuntu: linux-image-generic)")]
    [InlineData("usr/lib/modules/6.1/modules.dep", "has no kernel modules; the package is: linux-image-amd64 (Ubuntu: linux-image-generic)")]
    [InlineData("boot/initrd.img-6.1", "has no initramfs; the package is: initramfs-tools")]
    [InlineData("usr/sbin/init", "has no init; the package is: systemd-sysv")]
    [InlineData("usr/sbin/sshd", "has no ssh server; the package is: openssh-server")]
    [InlineData("usr/bin/rsync", "has no rsync; the package is: rsync")]
    [InlineData("usr/lib/systemd/systemd-networkd", "has no network set-up; the package is: systemd, or ifupdown")]
    [InlineData("usr/sbin/cron", "has no cron; the package is: cron")]
    public void Each_thing_that_is_missing_is_told_with_its_package(string path, string told) =>
        Assert.Equal([told], BootNeeds.Missing(new MemoryTree([.. Whole.Where(f => f.Item1 != path)]), withoutKernel: false));

    [Fact]
    public void A_kernel_that_was_refused_is_not_missed() =>
        Assert.Empty(BootNeeds.Missing(new MemoryTree([.. Whole.Where(f => !f.Item1.StartsWith("boot", StringComparison.Ordinal) && !f.Item1.Contains("modules"))]), withoutKernel: true));

    [Fact]
    public void A_tree_of_rpm_is_told_the_packages_of_its_own_family()
    {
        var told = BootNeeds.Missing(new MemoryTree(("usr/lib/sysimage/rpm/rpmdb.sqlite", "")), withoutKernel: false);

        Assert.Contains("has no kernel modules; the package is: kernel-core", told);
        Assert.Contains("has no cron; the package is: cronie", told);
    }

    [Fact]
    public void Only_a_tree_with_apt_and_dpkg_takes_packages()
    {
        Assert.True(BootNeeds.IsDebian(new MemoryTree(("usr/bin/apt-get", ""), ("usr/bin/dpkg", ""))));
        Assert.False(BootNeeds.IsDebian(new MemoryTree(("usr/bin/dpkg", ""))));
    }
}
