using Allie.Config;
using Allie.Errors;
using Allie.Linux.Files;
using Allie.Linux.Personalise;
using Allie.Linux.Processes;
using Allie.Linux.Tests.Shared;
using Allie.Personalise;
using Allie.Plans;
using Xunit;

namespace Allie.Linux.Tests.Personalise;

/// <summary>Real trees, hostile ones too; ssh-keygen is the real one.</summary>
public sealed class PersonaliserTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public PersonaliserTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        Shell.Run(
            """
            mkdir -p old/{etc/ssh,etc/network,etc/puppet/ssl/private_keys,usr/sbin,var/lib/systemd} host
            cd old
            echo pc07 >etc/hostname
            printf '127.0.1.1 pc07.lab.example pc07\n' >etc/hosts
            echo 0123456789abcdef0123456789abcdef >etc/machine-id
            printf 'LABEL=old / ext4 defaults 0 1\nLABEL=data /srv/data ext4 defaults 0 2\n' >etc/fstab
            ssh-keygen -q -t ed25519 -N '' -f etc/ssh/ssh_host_ed25519_key
            chmod 640 etc/ssh/ssh_host_ed25519_key; chgrp 998 etc/ssh/ssh_host_ed25519_key
            printf 'root:x:0:0::/:/bin/sh\npuppet:x:52:52::/:/bin/sh\ngone:x:53:53::/:/bin/sh\n' >etc/passwd
            printf 'root:x:0:\npuppet:x:52:\ngone:x:53:\n' >etc/group
            echo key >etc/puppet/ssl/private_keys/pc07.pem; chmod 640 etc/puppet/ssl/private_keys/pc07.pem; chmod 750 etc/puppet/ssl
            chown -R 52:52 etc/puppet/ssl
            echo secret >etc/krb5.keytab; chmod 600 etc/krb5.keytab; chown 53:53 etc/krb5.keytab
            printf 'iface eth0 inet static\n address 10.0.0.7/24\n' >etc/network/interfaces; : >usr/sbin/ifup
            """, _temp.Path);
        MakeImage("new");
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Files_have_the_modes_and_the_owners_that_they_must_have_in_the_image()
    {
        Personalise("new");

        Assert.Equal("600 0 0", Stat("etc/ssh/ssh_host_ed25519_key"));
        Assert.Equal("644 0 0", Stat("etc/ssh/ssh_host_ed25519_key.pub"));
        Assert.Equal("600 0 0", Stat("etc/ssh/ssh_host_rsa_key"));
        Assert.Equal("444 0 0", Stat("etc/machine-id"));
        Assert.Equal("750 152 152", Stat("etc/puppet/ssl"));
        Assert.Equal("640 152 152", Stat("etc/puppet/ssl/private_keys/pc07.pem"));
        Assert.Equal("600 0 0", Stat("etc/krb5.keytab")); // nobody of that name in the image
        Assert.Equal("755 0 0", Stat("srv/data"));
        Assert.Equal(0, Shell.Run("for k in rsa ecdsa ed25519; do ssh-keygen -y -f etc/ssh/ssh_host_${k}_key | cut -d' ' -f1,2 | cmp - <(cut -d' ' -f1,2 etc/ssh/ssh_host_${k}_key.pub); done", _temp.At("new")).Length);
        Assert.Equal("", Shell.Run("find . -name '.allie-*'", _temp.At("new")));
    }

    [Fact]
    public void A_key_for_an_sshd_before_6_5_is_the_same_key_in_its_old_form()
    {
        Shell.Run("ssh-keygen -q -t rsa -N '' -f etc/ssh/ssh_host_rsa_key; head -1 etc/ssh/ssh_host_rsa_key | grep -q OPENSSH", _temp.At("old"));
        Shell.Run("mkdir -p usr/sbin; printf 'x\\0OpenSSH_5.3p1\\0OpenSSH_5.3\\0' >usr/sbin/sshd", _temp.At("new"));

        var plan = Personalise("new");

        Assert.Equal("-----BEGIN RSA PRIVATE KEY-----", Shell.Run("head -1 etc/ssh/ssh_host_rsa_key", _temp.At("new")));
        Assert.Equal("600 0 0", Stat("etc/ssh/ssh_host_rsa_key"));
        Shell.Run("cmp <(ssh-keygen -y -f old/etc/ssh/ssh_host_rsa_key | cut -d' ' -f1,2) <(ssh-keygen -y -f new/etc/ssh/ssh_host_rsa_key | cut -d' ' -f1,2); cmp {old,new}/etc/ssh/ssh_host_rsa_key.pub; head -1 old/etc/ssh/ssh_host_rsa_key | grep -q OPENSSH", _temp.Path);
        Assert.Equal("", Shell.Run("ls etc/ssh | grep -e ed25519 -e ecdsa || true", _temp.At("new")));
        Assert.Contains(plan.Notes, n => n.StartsWith("/etc/ssh/ssh_host_ed25519_key is not carried", StringComparison.Ordinal));
        Assert.Empty(Personalise("new").Steps);
    }

    [Fact]
    public void Twice_is_once_and_nothing_is_written_the_second_time()
    {
        Personalise("new");
        var before = Manifest("new", "%c");

        Assert.Empty(Personalise("new").Steps);

        Assert.Equal(before, Manifest("new", "%c"));
    }

    [Fact]
    public void A_run_cut_short_after_any_step_is_ended_alike_by_the_next()
    {
        // With keys of all types to carry: those that are made differ each time.
        Shell.Run("for t in rsa ecdsa; do ssh-keygen -q -t $t -N '' -f etc/ssh/ssh_host_${t}_key; done", _temp.At("old"));
        var steps = Personalise("new").Steps.Count;
        Assert.True(steps > 15, $"{steps} steps");
        for (var cut = 0; cut < steps; cut++)
        {
            var tree = "cut" + cut;
            MakeImage(tree);
            using (var root = ImageRoot.Open(_temp.At(tree)))
            using (var old = ImageRoot.Open(_temp.At("old")))
            {
                var personaliser = Make(old, root);
                var plan = personaliser.Plan(null, "new~2", new PcFileSystems(_temp.At("pc")));
                personaliser.Carry(new Plan<PersonalStep>([.. plan.Steps.Take(cut)]));
                Shell.Run(": >etc/ssh/.allie-0123456789ab; : >etc/.allie-0123456789ab", _temp.At(tree)); // what a killed one leaves
            }

            Personalise(tree);

            Shell.Run($"rm -f {tree}/etc/ssh/.allie-0123456789ab", _temp.Path); // swept only where the second run writes
            Assert.Equal(Manifest("new", "%P"), Manifest(tree, "%P"));
        }
    }

    [Theory]
    [InlineData("rm -r etc/ssh; ln -s / etc/ssh")]
    [InlineData("rm -r etc/ssh; ln -s \"$HOST\" etc/ssh")]
    [InlineData("rm etc/hostname; ln -s \"$HOST/hostname\" etc/hostname; ln -sf ../../host/hostname etc/hosts; ln -sf /../../host/hostname etc/machine-id")]
    [InlineData("rm -rf etc/fstab srv; ln -s \"$HOST/hostname\" etc/fstab; ln -s \"$HOST\" srv")]
    [InlineData("mv etc etc2; ln -s \"$HOST\" etc")]
    [InlineData("mkdir -p boot/loader; ln -s \"$HOST\" boot/loader/entries; ln -s \"$HOST\" boot/ffffffffffffffffffffffffffffffff")]
    [InlineData("mkdir -p etc/NetworkManager; ln -s \"$HOST\" etc/network; ln -s \"$HOST\" etc/puppet2; rm -r etc/puppet; ln -s \"$HOST\" etc/puppet")]
    [InlineData("rm etc/hosts etc/fstab etc/mailname; mkfifo etc/hosts etc/fstab etc/mailname; mknod etc/adjtime c 1 3")]
    [InlineData("rm -r var/lib/dbus var/lib/systemd/random-seed; ln -s \"$HOST\" var/lib/dbus; ln -s \"$HOST/seed\" var/lib/systemd/random-seed")]
    public void A_hostile_image_reaches_nothing_outside(string make)
    {
        Shell.Run("cd host; for n in hostname hosts ssh_host_ed25519_key machine-id fstab krb5.keytab seed pc07.pem ffffffffffffffffffffffffffffffff-1.conf; do echo canary >$n; done", _temp.Path);
        Shell.Run($"HOST={_temp.At("host")}; {make}", _temp.At("new"));
        var before = Manifest("host", "%c") + Manifest("old", "%c");

        try
        {
            Personalise("new");
        }
        catch (Exception e) when (e is UserError or IOException)
        {
            // refused, with a reason, is as good
        }

        Assert.Equal(before, Manifest("host", "%c") + Manifest("old", "%c"));
    }

    [Fact]
    public void A_generation_that_shares_its_files_by_hard_link_stays_as_it_was()
    {
        Shell.Run("cp -al new generation", _temp.Path);
        var before = Manifest("generation", "%P");

        Personalise("new");

        Assert.Equal(before, Manifest("generation", "%P"));
    }

    [Fact]
    public void Rescue_kernels_and_entries_are_renamed_on_disk_with_their_directories()
    {
        Shell.Run(
            """
            f=ffffffffffffffffffffffffffffffff
            mkdir -p boot/loader/entries boot/$f/6.14
            echo kernel >boot/$f/6.14/linux; echo rescue >boot/vmlinuz-0-rescue-$f
            echo "linux /boot/vmlinuz-0-rescue-$f" >boot/loader/entries/$f-0-rescue.conf
            """, _temp.At("new"));

        Personalise("new");

        const string Id = "0123456789abcdef0123456789abcdef";
        Assert.Equal(
            $"{Id}\n{Id}/6.14\n{Id}/6.14/linux\nloader\nloader/entries\nloader/entries/{Id}-0-rescue.conf\nvmlinuz-0-rescue-{Id}",
            Shell.Run("cd boot; find . -mindepth 1 -printf '%P\\n' | LC_ALL=C sort", _temp.At("new")));
        Assert.Equal($"linux /boot/vmlinuz-0-rescue-{Id}", Shell.Run("cat boot/loader/entries/*", _temp.At("new")));
    }

    [Fact]
    public void Selinux_labels_are_on_the_files()
    {
        Shell.Run(
            """
            mkdir -p etc/selinux/targeted/contexts/files
            printf 'SELINUX=enforcing\nSELINUXTYPE=targeted\n' >etc/selinux/config
            printf '/etc/.*\tsystem_u:object_r:etc_t:s0\n/etc/ssh/ssh_host.*_key\t--\tsystem_u:object_r:sshd_key_t:s0\n' >etc/selinux/targeted/contexts/files/file_contexts
            """, _temp.At("new"));

        Personalise("new");

        string Label(string path) => Shell.Run($"getfattr --only-values -n security.selinux {path} | tr -d '\\0'", _temp.At("new"));
        Assert.Equal("system_u:object_r:sshd_key_t:s0", Label("etc/ssh/ssh_host_ed25519_key"));
        Assert.Equal("system_u:object_r:sshd_key_t:s0", Label("etc/ssh/ssh_host_rsa_key"));
        Assert.Equal("system_u:object_r:etc_t:s0", Label("etc/hostname"));
        Assert.False(File.Exists(_temp.At("new/.autorelabel")));
    }

    [Fact]
    public void The_protect_list_keeps_a_personalised_tree_over_a_refresh_by_rsync()
    {
        Shell.Run("cp -a new image; echo newer >image/usr/tool; touch new/usr/withdrawn", _temp.Path);
        Personalise("new");
        File.WriteAllLines(_temp.At("rules"), ProtectList.Rules);
        var before = Manifest("new/etc", "%P");

        Shell.Run("rsync -aHAX --numeric-ids --delete --filter='merge rules' image/ new/", _temp.Path);

        Assert.Equal("newer", Shell.Run("cat new/usr/tool; ! test -e new/usr/withdrawn", _temp.Path));
        Assert.Equal(before, Manifest("new/etc", "%P"));
    }

    private void MakeImage(string name) => Shell.Run(
        """
        mkdir -p $0/{etc/ssh,etc/network,etc/puppet,usr/lib/systemd,usr/sbin,var/lib/{dbus,systemd},srv} pc/{dev,sys/class/block}
        cd $0
        : >usr/lib/systemd/systemd; : >usr/sbin/ifup; : >etc/machine-id; chmod 444 etc/machine-id
        echo localhost >etc/hostname; echo localhost >etc/mailname
        printf '127.0.0.1 localhost\n' >etc/hosts
        printf 'LABEL=new / ext4 defaults 0 1\n' >etc/fstab
        printf 'root:x:0:0::/:/bin/sh\npuppet:x:152:152::/:/bin/sh\n' >etc/passwd; printf 'root:x:0:\npuppet:x:152:\n' >etc/group
        echo c >etc/ssh/sshd_config; echo seed >var/lib/systemd/random-seed
        """.Replace("$0", name), _temp.Path);

    private Personaliser Make(ImageRoot old, ImageRoot fresh)
    {
        var settings = PcSettings.Parse($"[paths]\nrun = \"{_temp.At("run")}\"\n", "allie.toml");
        return new([old], fresh, new Runner(TestContext.Current.CancellationToken), settings);
    }

    private Plan<PersonalStep> Personalise(string tree)
    {
        using var old = ImageRoot.Open(_temp.At("old"));
        using var root = ImageRoot.Open(_temp.At(tree));
        var personaliser = Make(old, root);
        var plan = personaliser.Plan(hostName: null, "new~2", new PcFileSystems(_temp.At("pc")));
        personaliser.Carry(plan);
        return plan;
    }

    private string Stat(string path) => Shell.Run($"stat -c '%a %u %g' {path}", _temp.At("new"));

    /// <summary>Every entry with mode, owner, target and sum; more: another field of find's -printf.</summary>
    private string Manifest(string tree, string more) => Shell.Run(
        $"find . -printf '%P %y %m %U %G %l {more}\\n' | LC_ALL=C sort; find . -type f -print0 | LC_ALL=C sort -z | xargs -0r md5sum", _temp.At(tree));
}
