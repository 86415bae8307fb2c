using Allie.Blandify;
using Allie.Linux.Blandify;
using Allie.Linux.Files;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Blandify;

/// <summary>Rules on real trees, hostile ones too.</summary>
public sealed class TreeChangerTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Links_that_lead_out_of_the_tree_never_let_a_rule_touch_what_they_lead_to()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        _temp.Write("host/etc/fstab", "UUID=1 / ext4 defaults 0 1\n");
        _temp.Write("host/etc/hostname", "server\n");
        _temp.Write("host/ssh/ssh_host_rsa_key", "the server's own");
        _temp.Write("tree/usr/lib/systemd/systemd", "x");
        Directory.CreateDirectory(_temp.At("tree/etc"));
        Shell.Run(
            """
            ln -s "$PWD/host/etc/fstab" tree/etc/fstab
            ln -s ../../host/etc/hostname tree/etc/hostname
            ln -s "$PWD/host/ssh" tree/etc/ssh
            ln -s ../../../../../host/etc/hostname tree/etc/machine-id
            """, _temp.Path);
        var before = Manifest("host");

        Blandify();

        Assert.Equal(before, Manifest("host"));
        Assert.Equal("LABEL=f42 / auto defaults 0 1\n", File.ReadAllText(_temp.At("tree/etc/fstab")));
        Assert.Equal("regular empty file 444", Shell.Run("stat -c '%F %a' tree/etc/machine-id", _temp.Path));
    }

    [Fact]
    public void A_fifo_or_a_device_in_place_of_a_file_neither_blocks_nor_is_written_to()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: makes a device");
        Directory.CreateDirectory(_temp.At("tree/etc/ssh"));
        Shell.Run("mkfifo etc/fstab etc/hosts etc/ssh/ssh_host_rsa_key && mknod etc/hostname c 1 3", _temp.At("tree"));

        Blandify();

        Assert.Equal("regular file", Shell.Run("stat -c %F etc/fstab", _temp.At("tree")));
        Assert.Equal("localhost\n", File.ReadAllText(_temp.At("tree/etc/hostname")));
        Assert.False(File.Exists(_temp.At("tree/etc/ssh/ssh_host_rsa_key")));
    }

    [Fact]
    public void A_generation_that_shares_its_files_by_hard_link_stays_as_it_was()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        _temp.Write("generation/etc/fstab", "UUID=1 / ext4 defaults 0 1\n");
        _temp.Write("generation/etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        Shell.Run("cp -al generation tree", _temp.Path);
        var before = Manifest("generation");

        Blandify();

        Assert.Equal(before, Manifest("generation"));
        Assert.Equal("", File.ReadAllText(_temp.At("tree/etc/machine-id")));
    }

    [Fact]
    public void A_rewritten_file_keeps_its_metadata_and_gets_a_new_time()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: changes owners");
        _temp.Write("tree/etc/fstab", "UUID=1 / ext4 defaults 0 1\n");
        Shell.Run("chown 7:8 etc/fstab && chmod 640 etc/fstab && setfattr -n user.note -v kept etc/fstab && touch -d 2001-01-01 etc/fstab", _temp.At("tree"));

        Blandify();

        Assert.Equal("640 7 8 kept", Shell.Run("stat -c '%a %u %g' etc/fstab; getfattr --only-values -n user.note etc/fstab", _temp.At("tree")).Replace('\n', ' '));
        Assert.True(File.GetLastWriteTimeUtc(_temp.At("tree/etc/fstab")).Year > 2020);
    }

    [Fact]
    public void The_SELinux_label_stays_with_a_file_that_is_replaced_and_a_new_one_gets_that_of_its_directory()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: sets labels");
        _temp.Write("tree/usr/lib/systemd/systemd", "x");
        _temp.Write("tree/etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        _temp.Write("tree/etc/cloud/cloud.cfg", "x");
        _temp.Write("tree/var/lib/dbus/machine-id", "0123456789abcdef0123456789abcdef\n");
        Shell.Run(
            """
            setfattr -n security.selinux -v system_u:object_r:machineid_t:s0 etc/machine-id
            setfattr -n security.selinux -v system_u:object_r:etc_t:s0 etc/cloud
            setfattr -n security.selinux -v system_u:object_r:dbus_t:s0 var/lib/dbus
            chown 7:8 etc/machine-id
            """, _temp.At("tree"));

        Blandify();

        Assert.Equal("machineid_t etc_t dbus_t", Shell.Run(
            "getfattr -h --absolute-names --only-values -n security.selinux etc/machine-id etc/cloud/cloud-init.disabled var/lib/dbus/machine-id | grep -oE '[a-z]+_t'", _temp.At("tree")).Replace('\n', ' '));
        Assert.Equal("444 0 0", Shell.Run("stat -c '%a %u %g' etc/machine-id", _temp.At("tree")));
    }

    private void Blandify()
    {
        using var root = ImageRoot.Open(_temp.At("tree"));
        TreeChanger.Apply(root, RuleSet.Plan(new ImageTreeView(root), "f42").Steps);
        Assert.Empty(RuleSet.Plan(new ImageTreeView(root), "f42").Steps);
    }

    private string Manifest(string directory) =>
        Shell.Run("find . -printf '%p %y %m %T@ ' -type f -exec md5sum {} \\; | sort", _temp.At(directory));
}
