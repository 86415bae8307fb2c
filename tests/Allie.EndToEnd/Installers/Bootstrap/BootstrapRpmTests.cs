using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Installers.Bootstrap;

/// <summary>The real dnf with a repository of packages made here: no mirror of the rpm families is needed.</summary>
public sealed class BootstrapRpmTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("allie-rpm-").FullName;

    public void Dispose() => Shell.Run($"rm -rf --one-file-system {_directory}");

    [Theory]
    [InlineData("EL9", "var/lib/rpm")]
    [InlineData("fedora42", "usr/lib/sysimage/rpm")]
    public void A_tree_of_rpm_packages_has_its_database_and_ran_their_scripts(string release, string database)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        Repository();

        var made = Binary.Run("installer", "bootstrap", "--suite", release, "--into", _directory + "/tree", "--packages", _directory + "/list", "--mirror", $"file://{_directory}/repo");

        Assert.Equal("", made.ExitCode == 0 ? "" : made.Errors);
        Assert.Equal(
            ["has no kernel; the package is: kernel", "has no kernel modules; the package is: kernel-core", "has no initramfs; the package is: dracut, dracut-config-generic", "has no network set-up; the package is: NetworkManager"],
            made.Errors.Split("allie: the tree ").Skip(1).Select(l => l.Split('\n')[0]));
        Assert.Equal("basis-1-1 rpm-1-1", Shell.Run($"rpm --root {_directory}/tree --dbpath /{database} -qa --qf '%{{NAME}}-%{{VERSION}}-%{{RELEASE}}\n' | sort | paste -sd' '"));
        Assert.Equal("/dev has no disk, /proc is there", Shell.Run($"cat {_directory}/tree/etc/made"));
        Assert.Equal("755 dev|555 proc|755 run|1777 tmp", Shell.Run($"cd {_directory}/tree; stat -c '%a %n' dev proc run tmp | paste -sd'|'"));
        Assert.Equal("", Shell.Run($"cd {_directory}/tree; find dev proc run -mindepth 1; ls -d root/.rpmdb var/cache/dnf 2>/dev/null || true"));
        Assert.Equal("LABEL=allie-new / ext4 errors=remount-ro 0 1", Shell.Run($"cat {_directory}/tree/etc/fstab"));
    }

    [Fact]
    public void A_package_that_is_nowhere_is_named_and_nothing_is_left()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        Repository();

        var made = Binary.Run("installer", "bootstrap", "--suite", "EL9", "--into", _directory + "/tree", "--packages", _directory + "/list", "--include", "nowhere", "--mirror", $"file://{_directory}/repo");

        Assert.Equal(1, made.ExitCode);
        Assert.Contains("nowhere", made.Errors, StringComparison.Ordinal);
        Assert.Contains("has a package another name in EL9?", made.Errors, StringComparison.Ordinal);
        Assert.Equal("list repo spec top", Shell.Run($"ls -A {_directory} | paste -sd' '"));
    }

    [Fact]
    public void A_machine_without_repositories_is_told_so_in_the_plan()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

        var made = Binary.Run("installer", "bootstrap", "--suite", "F42", "--into", _directory + "/tree", "-n");

        Assert.Equal(2, made.ExitCode);
        Assert.Contains("dnf on this machine has no repositories", made.Errors, StringComparison.Ordinal);
    }

    private void Repository() => Shell.Run(
        $$"""
        cd {{_directory}}
        echo basis >list
        cat >spec <<'SPEC'
        %global debug_package %{nil}
        %global __os_install_post %{nil}
        Name: basis
        Version: 1
        Release: 1
        Summary: A small system
        License: none
        AutoReqProv: no
        Requires: rpm
        %description
        A small system.
        %package -n rpm
        Summary: Owns the place of the database
        %description -n rpm
        Owns the place of the database.
        %install
        cd %{buildroot}
        mkdir -p bin dev etc proc run tmp usr/bin usr/sbin var/lib/rpm usr/lib/sysimage/rpm
        cp /bin/busybox bin/sh
        touch usr/bin/rsync usr/sbin/sshd usr/sbin/init usr/sbin/crond
        %posttrans
        case $(echo /dev/*) in */sd*|*/vd*|*/nvme*|*/loop*) exit 1;; esac
        [ -c /dev/null ] && [ -r /proc/self/status ] && echo '/dev has no disk, /proc is there' >/etc/made
        %files
        %dir /dev
        %dir %attr(555,root,root) /proc
        %dir /run
        %dir %attr(1777,root,root) /tmp
        /bin/sh
        /usr/bin/rsync
        /usr/sbin/*
        %files -n rpm
        %dir /var/lib/rpm
        %dir /usr/lib/sysimage/rpm
        SPEC
        rpmbuild -bb --quiet --define "_topdir $PWD/top" spec 2>&1
        mv top/RPMS repo
        createrepo_c -q repo
        """);
}
