using Allie.Installers;
using Allie.Installers.Lint;
using Xunit;

namespace Allie.Tests.Installers;

public class KickstartLintTests
{
    private const string Kick = "lang en\nbootloader --location=none\nclearpart --none\npart / --onpart=sda3 --fstype=ext4\n";

    /// <summary>Each rule by one bad line, the fifth, and its right form.</summary>
    [Theory]
    [InlineData("esp-formatted", "part /boot/efi --onpart=sda1", "part /boot/efi --onpart=sda1 --noformat")]
    [InlineData("esp-formatted", "part /boot/efi --fstype=efi --onpart sda1", "part /boot/efi --fstype=efi --onpart sda1 --noformat")]
    [InlineData("esp-formatted", "partition /efi --fstype=efi --usepart=LABEL=ESP", "partition /efi --fstype=efi --usepart=LABEL=ESP --noformat")]
    [InlineData("esp-formatted", "mount /dev/sda1 /boot/efi --reformat", "mount /dev/sda1 /boot/efi")]
    [InlineData("formatted", "part /home --onpart=sda4 --fstype=ext4", "part /home --onpart=sda4 --fstype=ext4 --noformat")]
    [InlineData("formatted", "part swap --onpart=sda2", "part swap --onpart=sda2 --noformat")]
    [InlineData("formatted", "mount LABEL=data /srv --reformat=xfs", "mount LABEL=data /srv")]
    [InlineData("many-partitions", "part pv.01 --onpart=sda4", "part /srv --onpart=sda4 --noformat")]
    [InlineData("part-layout", "part /srv --onpart=sda4 --noformat --resize --size=100", "part /srv --onpart=sda4 --noformat")]
    [InlineData("clear-password", "user --name=a --password=secret", "user --name=a --iscrypted --password=$6$salt$abc")]
    [InlineData("clear-password", "user --name=a --password secret --iscrypted", "user --name=a")]
    [InlineData("clear-password", "user --name=a --plaintext --password='two words'", "user --name=a --iscrypted --password='$y$j9T$abc./$def'")]
    [InlineData("clear-password", "rootpw --iscrypted secret", "rootpw --iscrypted $6$salt$abc")]
    [InlineData("clear-password", "rootpw --lock secret", "rootpw --lock")]
    [InlineData("clear-password", "rootpw --plaintext secret", "rootpw --iscrypted !!")]
    [InlineData("clear-password", "sshpw --username=root secret", "sshpw --username=root --iscrypted $6$salt$abc")]
    [InlineData("clear-password", "sshpw --username root secret", "sshpw --username=root --sshkey 'ssh-ed25519 AAAA'")]
    [InlineData("clear-password", "bootloader --location=none --password=secret", "bootloader --location=none --iscrypted --password=grub.pbkdf2.sha512.x")]
    [InlineData("stray-end", "%end", "%post --erroronfail\n:\n%end")]
    [InlineData("stray-end", "  %end # of nothing", "%packages\n  %end")]
    [InlineData("no-end", "%packages\n@core\n%post\n:\n%end", "%packages\n@core\n%end\n%post\n:\n%end")]
    [InlineData("no-end", "%packages\n@core", "%packages\n@core\n%end")]
    [InlineData("open-quote", "user --name='a", "user --name='a'")]
    [InlineData("open-quote", "network --bootproto=dhcp \\", "network --bootproto=dhcp")]
    [InlineData("unknown-directive", "clearparts --none", "clearpart --none # and no more")]
    [InlineData("unknown-directive", "reboot--eject", "reboot --eject")]
    [InlineData("unknown-directive", "%package", "%packages\n%end")]
    [InlineData("not-in-release", "install", "url --url=http://server/os/")]
    [InlineData("not-in-release", "authconfig --enableshadow", "authselect select sssd")]
    [InlineData("upgrade", "upgrade", "# no upgrade")]
    [InlineData("nvdimm", "nvdimm reconfigure --namespace=namespace0.0 --mode=sector --sectorsize=512", "nvdimm use --namespace=namespace0.0")]
    public void Each_rule_has_a_bad_line_and_its_right_form(string rule, string bad, string good)
    {
        Assert.Contains(KickstartLint.Check(Kick + bad + "\n"), f => f.Rule == rule && f.Line == 5 && f.IsError);
        Assert.Empty(KickstartLint.Check(Kick + good + "\n"));
    }

    [Theory]
    [InlineData("sda")]
    [InlineData("/dev/sda")]
    [InlineData("vdb")]
    [InlineData("nvme0n1")]
    [InlineData("mmcblk0")]
    [InlineData("/dev/disk/by-id/ata-DISK_1")]
    public void A_whole_disk_is_no_slot(string disk)
    {
        Assert.Equal([("whole-disk", 4)], KickstartLint.Check(Kick.Replace("=sda3", "=" + disk)).Select(f => (f.Rule, f.Line)));
        Assert.Equal([("whole-disk", 4)], KickstartLint.Check(Kick.Replace("--onpart=sda3", "--onpart " + disk)).Select(f => (f.Rule, f.Line)));
        Assert.Equal([("whole-disk", 4)], KickstartLint.Check(Kick.Replace("part / --onpart=sda3 --fstype=ext4", $"mount {disk} / --reformat=ext4")).Select(f => (f.Rule, f.Line)));
    }

    [Theory]
    [InlineData("sdb12")]
    [InlineData("/dev/vda1")]
    [InlineData("nvme0n1p3")]
    [InlineData("mmcblk0p2")]
    [InlineData("disk/by-id/ata-DISK_1-part3")]
    [InlineData("UUID=0a1b")]
    [InlineData("LABEL=allie-b")]
    [InlineData("disk/by-partlabel/allie-b")]
    public void A_partition_of_any_name_is_one(string partition)
    {
        Assert.Empty(KickstartLint.Check(Kick.Replace("=sda3", "=" + partition)));
        Assert.Empty(KickstartLint.Check(Kick.Replace("part / --onpart=sda3", "part --onpart " + partition + " /")));
        Assert.Empty(KickstartLint.Check(Kick.Replace("part / --onpart=sda3 --fstype=ext4", $"mount {partition} / --reformat=ext4")));
    }

    [Theory]
    [InlineData("install", "F33 EL8", "F34 EL9")]
    [InlineData("authconfig", "F34 EL9", "F35 EL10")]
    [InlineData("autostep", "F39 EL9", "F40 EL10")]
    [InlineData("dmraid", "F33 EL8", "F34 EL9")]
    [InlineData("unsupported_hardware", "EL6 EL7", "EL8 F20")]
    [InlineData("interactive", "EL6", "EL7 F18")]
    [InlineData("liveimg", "F19 EL7", "F18 EL6")]
    [InlineData("sshkey", "F22 EL8", "F21 EL7")]
    [InlineData("mount", "F27 EL8", "F26 EL7")]
    [InlineData("authselect", "F28 EL8", "F27 EL7")]
    [InlineData("timesource", "F33 EL9", "F32 EL8")]
    [InlineData("rhsm", "EL8 EL10", "EL7 F43")]
    [InlineData("bootc", "F43", "F42 EL9")]
    public void A_directive_is_asked_of_its_release(string name, string with, string without)
    {
        Assert.All(with.Split(' '), r => Assert.DoesNotContain(Of(r), f => f.Rule == "not-in-release"));
        Assert.All(without.Split(' '), r => Assert.Equal(5, Assert.Single(Of(r), f => f.Rule == "not-in-release").Line));

        IReadOnlyList<InstallerFinding> Of(string release) => KickstartLint.Check(Kick + name + "\n", InstallerRelease.Parse(release));
    }

    [Fact]
    public void A_directive_that_is_gone_is_told_with_what_to_do_where_the_release_is_not_known()
    {
        var told = Assert.Single(KickstartLint.Check(Kick + "install\n"));

        Assert.Equal("install is gone since F34 and EL9, and the installer stops", told.Message);
        Assert.EndsWith("for an older release say which: --release EL7", told.Hint);
    }

    [Fact]
    public void A_word_that_is_nearly_one_is_guessed() => Assert.Equal("did you mean clearpart?", Assert.Single(KickstartLint.Check(Kick + "clearprat --none\n")).Hint);

    [Fact]
    public void No_finding_repeats_a_secret() =>
        Assert.All(
            KickstartLint.Check(Kick + "rootpw geheim\nuser --name=a --password=geheim\nsshpw --username=b geheim\nbootloader --password=geheim\npart /x --passphrase=geheim --encrypted\n"),
            f => Assert.DoesNotContain("geheim", f.Message + f.Hint));

    [Fact]
    public void What_is_included_was_not_looked_at_and_that_is_told()
    {
        var told = Assert.Single(KickstartLint.Check(Kick + "%include /tmp/mine.ks\n"));

        Assert.Equal(("not-read", 5, false), (told.Rule, told.Line, told.IsError));
        Assert.Empty(KickstartLint.Check(Kick + "%include /tmp/allie-storage.ks\n"));
    }
}
