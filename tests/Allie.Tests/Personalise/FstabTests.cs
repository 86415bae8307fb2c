using Allie.Personalise;
using Allie.Tests.Blandify;
using Xunit;

namespace Allie.Tests.Personalise;

public sealed class FstabTests
{
    [Fact]
    public void Only_the_root_lines_spec_changes()
    {
        const string Before = "# /etc/fstab\n\nLABEL=deb13   /  ext4 defaults,errors=remount-ro 0 1 # root\n  UUID=1 /home xfs nofail 0 2\n";

        var after = Fstab.WithRoot(Before, "deb13~2", "ext4");

        Assert.Equal(Before.Replace("LABEL=deb13 ", "LABEL=deb13~2 "), after);
        Assert.Equal("LABEL=deb13~2", Fstab.RootSpec(after));
        Assert.Equal(after, Fstab.WithRoot(after, "deb13~2", "ext4"));
    }

    [Fact]
    public void A_commented_root_line_is_none_and_one_is_added()
    {
        Assert.Equal("LABEL=deb13\t/\text4\tdefaults\t0\t1\n# UUID=1 / ext4 defaults 0 1\n", Fstab.WithRoot("# UUID=1 / ext4 defaults 0 1\n", "deb13", "ext4"));
        Assert.Equal("LABEL=deb13\t/\text4\tdefaults\t0\t1\n", Fstab.WithRoot("", "deb13", "ext4"));
    }

    [Fact]
    public void The_swap_of_the_pc_takes_the_place_of_the_images_by_uuid()
    {
        var facts = Facts("LABEL=old / ext4 defaults 0 1\n/dev/sda4 none swap sw 0 0\nLABEL=gone none swap sw 0 0\n", "LABEL=deb13 / ext4 defaults 0 1\nLABEL=swap none swap defaults,nofail 0 0\n")
            with { SwapUuid = spec => spec == "/dev/sda4" ? "aa-bb" : null };

        Assert.Equal(
            "LABEL=deb13 / ext4 defaults 0 1\n# allie begin: of this PC alone\nUUID=aa-bb\tnone\tswap\tsw,nofail\t0\t0\n# allie end\n", Pc.Done(facts).Text("etc/fstab"));
    }

    [Fact]
    public void Without_a_swap_that_is_known_here_the_images_stays()
    {
        const string Image = "LABEL=deb13 / ext4 defaults 0 1\nLABEL=swap none swap defaults,nofail 0 0\n";

        Assert.Equal(Image, Pc.Done(Facts("/dev/sda4 none swap sw 0 0\n", Image)).Text("etc/fstab"));
    }

    [Fact]
    public void Data_mounts_follow_with_nofail_and_the_system_of_the_old_image_does_not()
    {
        const string Old = """
            UUID=1 / ext4 defaults 0 1
            UUID=2 /boot ext4 defaults 0 2
            UUID=3 /boot/efi vfat umask=0077 0 1
            UUID=4 /usr ext4 defaults 0 1
            /dev/sda7   /scratch  xfs  noatime  0 2  # big
            LABEL=with\040blank /srv/with\040blank ext4 nofail 0 2
            nas:/home /home nfs4 _netdev 0 0
            /scratch/opt /opt none bind
            tmpfs /tmp tmpfs size=1g 0 0
            /dev/sr0 /media/cdrom0 udf,iso9660 user,noauto 0 0
            /srv/disk.img /mnt ext4 loop 0 0

            """;
        var facts = Facts(Old, "LABEL=deb13 / ext4 defaults 0 1\n") with { DeviceUuid = device => device == "/dev/sda7" ? "77" : null };

        var plan = Pc.Plan(facts);

        Assert.Equal(
            """
            LABEL=deb13 / ext4 defaults 0 1
            # allie begin: of this PC alone
            UUID=77   /scratch  xfs  noatime,nofail  0 2  # big
            LABEL=with\040blank /srv/with\040blank ext4 nofail 0 2
            nas:/home /home nfs4 _netdev,nofail 0 0
            /scratch/opt /opt none bind,nofail
            # allie end

            """,
            Pc.Done(facts).Text("etc/fstab"));
        Assert.Equal(["/scratch", "/srv/with blank", "/home", "/opt"], plan.Steps.Where(s => s.Kind == PersonalAction.Directory).Select(s => s.Target));
        Assert.Contains("/mnt is not carried: /srv/disk.img lies in the old image", plan.Notes);
    }

    [Fact]
    public void A_line_of_the_image_for_the_same_place_wins_and_is_told_of()
    {
        var facts = Facts("UUID=1 /home ext4 defaults 0 2\n", "LABEL=deb13 / ext4 defaults 0 1\nnas:/home /home nfs4 _netdev 0 0\n");

        Assert.Contains("/home: the image's own line stays, with nas:/home instead of UUID=1", Pc.Plan(facts).Notes);
        Assert.DoesNotContain("UUID=1", Pc.Done(facts).Text("etc/fstab"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#allie:esp /boot/efi vfat umask=0077,shortname=winnt\n", "/boot/efi")]
    [InlineData("#allie:esp UUID=11-22 /efi vfat umask=0077 0 1\n", "/efi")]
    public void The_efi_partition_comes_where_blandify_left_a_place_for_it(string mark, string point)
    {
        var facts = Facts("UUID=9F8E-7D6C /boot/efi vfat umask=0077 0 1\n", "LABEL=f42 / ext4 defaults 1 1\n" + mark);

        Assert.Contains($"UUID=9F8E-7D6C {point} vfat umask=0077,noauto,nofail 0 1\n", Pc.Done(facts).Text("etc/fstab"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_hop_replaces_what_the_last_one_brought()
    {
        var first = Pc.Done(Facts("UUID=1 /data ext4 defaults 0 2\n", "LABEL=a / ext4 defaults 0 1\n")).Text("etc/fstab")!;

        var second = Pc.Done(Facts("UUID=2 /data ext4 defaults 0 2\n", first)).Text("etc/fstab")!;

        Assert.Equal("LABEL=a / ext4 defaults 0 1\n# allie begin: of this PC alone\nUUID=2 /data ext4 defaults,nofail 0 2\n# allie end\n", second);
        Assert.Equal(second.Replace("LABEL=a", "LABEL=b"), Pc.Done(Facts(second, "LABEL=b / ext4 defaults 0 1\n")).Text("etc/fstab"));
    }

    [Fact]
    public void Only_encrypted_devices_that_a_carried_mount_needs_come_with_their_keys()
    {
        var old = new MemoryTree(
            ("etc/fstab", "/dev/mapper/scratch /scratch ext4 defaults 0 2\n"),
            ("etc/crypttab", "# mine\nroot UUID=1 none luks\nscratch UUID=2 /etc/keys/scratch luks,discard\n"), ("etc/keys/scratch", "key"), ("etc/keys/root", "key"));
        var tree = Pc.Done(Pc.Facts(old, new(("etc/fstab", ""), ("etc/crypttab", "cswap LABEL=cswap /dev/urandom swap"))));

        Assert.Equal("cswap LABEL=cswap /dev/urandom swap\n# allie begin: of this PC alone\nscratch\tUUID=2\t/etc/keys/scratch\tluks,discard,nofail\n# allie end\n", tree.Text("etc/crypttab"));
        Assert.Equal("key", tree.Text("etc/keys/scratch"));
        Assert.Null(tree.Text("etc/keys/root"));
    }

    [Theory]
    [InlineData("127.0.0.1\tlocalhost\n", "127.0.0.1\tlocalhost\n127.0.1.1\tpc07\n")]
    [InlineData("127.0.0.1 localhost\n127.0.1.1\tgolden.lab golden # own\n::1 ip6\n", "127.0.0.1 localhost\n127.0.1.1\tpc07 # own\n::1 ip6\n")]
    [InlineData("", "127.0.1.1\tpc07\n")]
    [InlineData("#127.0.1.1 x", "#127.0.1.1 x\n127.0.1.1\tpc07\n")]
    public void The_hosts_file_names_this_pc_once(string before, string after)
    {
        Assert.Equal(after, HostsText.WithNames(before, "pc07"));
        Assert.Equal(after, HostsText.WithNames(after, "pc07"));
    }

    [Theory]
    [InlineData("", "pc07.lab.example", "pc07.lab.example pc07")]
    [InlineData("127.0.1.1 pc07.lab.example pc07 # own\n", "pc07", "pc07.lab.example pc07")]
    [InlineData("127.0.1.1 other\n", "pc07", "pc07")]
    public void The_domain_comes_from_the_name_or_from_the_pcs_own_line(string hosts, string name, string names)
    {
        Assert.Equal(names, HostsText.NamesWith(hosts, name));
    }

    private static PersonalFacts Facts(string old, string image) => Pc.Facts(new(("etc/fstab", old)), new(("etc/fstab", image)));
}
