using Allie.Blandify;
using Allie.Linux.Blandify;
using Allie.Linux.Files;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Blandify;

/// <summary>Trees that were made to lead the rules astray. "host" stands for the server: nothing of it may change, not even a time.</summary>
public sealed class HostileTreeTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Directories_and_files_that_are_links_out_of_the_tree_change_nothing_outside(bool walkByComponent)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        Shell.Run(
            """
            mkdir -p host/etc/ssh host/log host/cache/dnf host/boot tree/usr/lib/systemd tree/var/cache tree/boot tree/root tree/etc/default
            echo x >tree/usr/lib/systemd/systemd
            for f in etc/fstab etc/hostname etc/shadow- etc/ssh/ssh_host_rsa_key log/messages log/old.gz cache/dnf/x boot/grub.cfg .bash_history; do echo "canary $f UUID=1" >host/$f; done
            ln -s "$PWD/host/etc/fstab" tree/etc/fstab
            ln -s ../../../../../../../../../../../../..$PWD/host/etc/hostname tree/etc/hostname
            ln -s "$PWD/host/etc/ssh" tree/etc/ssh
            ln -s "$PWD/host/log" tree/var/log
            ln -s "$PWD/host/cache/dnf" tree/var/cache/dnf
            ln -s "$PWD/host/boot" tree/boot/grub
            ln -s "$PWD/host/boot/grub.cfg" tree/etc/default/grub
            ln -s "$PWD/host" tree/tmp
            ln -s "$PWD/host/.bash_history" tree/root/.bash_history
            ln -s "$PWD/host/etc/shadow-" tree/etc/shadow-
            ln -s loop2 tree/etc/loop1; ln -s loop1 tree/etc/loop2; ln -s loop1 tree/etc/NetworkManager
            ln -s . tree/etc/self
            """, _temp.Path);
        var before = Manifest();

        Blandify(walkByComponent);

        Assert.Equal(before, Manifest());
        Assert.Equal("regular file", Shell.Run("stat -c %F tree/etc/fstab", _temp.Path));
        Assert.Equal("localhost\n", File.ReadAllText(_temp.At("tree/etc/hostname")));
        Assert.False(File.Exists(_temp.At("tree/root/.bash_history")) || new FileInfo(_temp.At("tree/root/.bash_history")).LinkTarget is not null);
    }

    [Fact]
    public void The_whole_etc_may_be_a_link_out_of_the_tree()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        Shell.Run("mkdir -p host/etc tree && echo canary >host/etc/hostname && ln -s \"$PWD/host/etc\" tree/etc && ln -s / tree/var && ln -s ../../.. tree/root", _temp.Path);
        var before = Manifest();

        Blandify(false);

        Assert.Equal(before, Manifest());
    }

    [Fact]
    public void Fifos_devices_and_directories_in_place_of_files_neither_block_nor_are_written_to()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: makes devices");
        Shell.Run(
            """
            mkdir -p etc/ssh etc/default boot/grub var/log etc/NetworkManager/system-connections etc/netplan var/lib/dbus boot/loader/entries host
            mkfifo etc/fstab etc/hosts etc/crypttab etc/adjtime etc/default/grub boot/grub/grub.cfg var/log/messages etc/ssh/sshd_config \
              etc/NetworkManager/system-connections/x.nmconnection etc/netplan/50-cloud-init.yaml boot/loader/entries/x.conf boot/initrd.img-6
            mknod var/log/kern.log b 7 0
            mkdir etc/hostname etc/machine-id etc/mailname etc/resolv.conf var/log/old.gz var/lib/dbus/machine-id
            """, Directory.CreateDirectory(_temp.At("tree")).FullName);

        Blandify(false);

        Assert.Equal("fifo block special file directory", Shell.Run("stat -c %F var/log/messages var/log/kern.log var/log/old.gz", _temp.At("tree")).Replace('\n', ' '));
    }

    [Fact]
    public void Names_that_are_no_text_go_with_the_others()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        Shell.Run("mkdir -p etc var/tmp/$'d\\xff' && touch var/tmp/$'a\\nb' var/tmp/$'\\xff\\xfe' var/tmp/$'d\\xff'/x $'etc/\\xff~' $'etc/-rf~'", Directory.CreateDirectory(_temp.At("tree")).FullName);

        Blandify(false);

        Assert.Equal("etc\netc/fstab\nvar\nvar/tmp", Shell.Run("find . -mindepth 1 -printf '%P\\n' | sort", _temp.At("tree")));
    }

    [Fact]
    public void Files_that_share_their_content_with_a_published_generation_leave_it_alone()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        Shell.Run(
            """
            mkdir -p host/etc/sysconfig/network-scripts host/var/log host/boot/grub2 host/etc/NetworkManager/system-connections
            echo 0123456789abcdef0123456789abcdef >host/etc/machine-id
            printf 'HWADDR=1\nDEVICE=eth0\n' >host/etc/sysconfig/network-scripts/ifcfg-eth0
            echo log >host/var/log/messages; echo 'search --fs-uuid --set=root 1' >host/boot/grub2/grub.cfg
            cp -al host tree
            """, _temp.Path);
        var before = Manifest("%p %y %m %T@ %s");

        Blandify(false);

        Assert.Equal(before, Manifest("%p %y %m %T@ %s"));
        Assert.Equal("1 1 1 1", Shell.Run("stat -c %h etc/machine-id etc/sysconfig/network-scripts/ifcfg-eth0 var/log/messages boot/grub2/grub.cfg", _temp.At("tree")).Replace('\n', ' '));
    }

    private void Blandify(bool walkByComponent)
    {
        using var root = ImageRoot.Open(_temp.At("tree"));
        root.WalkByComponent = walkByComponent;
        TreeChanger.Apply(root, RuleSet.Plan(new ImageTreeView(root), "f42").Steps);
        Assert.Empty(RuleSet.Plan(new ImageTreeView(root), "f42").Steps);
    }

    /// <summary>With change times: a write that was taken back would show.</summary>
    private string Manifest(string format = "%p %y %m %T@ %C@ %s") =>
        Shell.Run($"find . -printf '{format} ' -type f -exec md5sum {{}} \\; | sort", _temp.At("host"));
}
