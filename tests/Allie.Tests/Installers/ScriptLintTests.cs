using Allie.Installers.Lint;
using Xunit;

namespace Allie.Tests.Installers;

public class ScriptLintTests
{
    private const string Kick = "lang en\nbootloader --location=none\nclearpart --none\npart / --onpart=sda3 --fstype=ext4\n";
    private const string Seed = "d-i partman/early_command string x\nd-i partman/confirm boolean true\nd-i grub-installer/skip boolean true\nd-i systemd-boot-installer/skip boolean true\n";

    /// <summary>Each rule by a bad command and a near one that does nothing of the kind.</summary>
    [Theory]
    [InlineData("whole-disk", "wipefs -a /dev/sda", "wipefs /dev/sda")]
    [InlineData("whole-disk", "sgdisk -Z /dev/nvme0n1", "sgdisk -p /dev/nvme0n1")]
    [InlineData("whole-disk", "parted -s /dev/vda unit MiB mklabel gpt", "parted -s /dev/vda unit MiB print")]
    [InlineData("whole-disk", "sfdisk /dev/sda </tmp/table", "sfdisk -d /dev/sda >/tmp/table")]
    [InlineData("whole-disk", "dd if=/dev/zero of=/dev/sda bs=1M count=1", "dd if=/dev/sda of=/dev/null bs=1M count=1")]
    [InlineData("whole-disk", "dd if=/tmp/mbr of=/dev/sda", "dd if=/dev/sda of=/tmp/mbr")]
    [InlineData("whole-disk", "if true; then /sbin/blkdiscard -f /dev/sda; fi", "echo 'blkdiscard -f /dev/sda'")]
    [InlineData("whole-disk", "cat /tmp/mbr >/dev/sda", "cat /dev/sda >/tmp/mbr")]
    [InlineData("whole-disk", "for d in /dev/sd?; do wipefs -a /dev/sd?; done", "for d in /dev/sd?; do lsblk $d; done")]
    [InlineData("whole-disk", "sh -c \"true && wipefs --all /dev/sda\"", "sh -c 'true && wipefs /dev/sda'")]
    [InlineData("whole-disk", "x=$(mkfs.ext4 -F /dev/sda)", "x='$(mkfs.ext4 -F /dev/sda)'")]
    [InlineData("whole-disk", "echo \"$(mkswap /dev/sda)\"", "echo \"mkswap /dev/sda\"")]
    [InlineData("whole-disk", "LANG=C timeout 60 mkfs -t ext4 \\\n  /dev/sda", "LANG=C timeout 60 blkid \\\n  /dev/sda")]
    [InlineData("script-writes", "mkfs.ext4 -F /dev/sda3", "mkfs.ext4 -F /srv/file")]
    [InlineData("script-writes", "mkswap \"$swap\"", "mkswap /swapfile")]
    [InlineData("script-writes", "sgdisk --delete=3 \"$disk\"", "sgdisk --print \"$disk\"")]
    [InlineData("script-writes", "vgremove -f vg0", "vgs vg0")]
    [InlineData("script-writes", "mdadm --zero-superblock /dev/sdb2", "mdadm --examine /dev/sdb2")]
    [InlineData("script-writes", "cryptsetup luksFormat $part", "cryptsetup luksDump $part")]
    [InlineData("bootloader", "chroot /mnt/sysimage grub2-install /dev/sda", "grub2-mkconfig -o /boot/grub2/grub.cfg")]
    [InlineData("bootloader", "bootctl install", "bootctl status")]
    [InlineData("nvram", "efibootmgr -o 0001,0002", "efibootmgr -v")]
    public void Each_rule_has_a_bad_command_and_a_harmless_one(string rule, string bad, string good)
    {
        var isError = rule is "whole-disk" or "bootloader";

        Assert.Equal([(rule, 7, isError)], Script(bad, "%pre --erroronfail").Select(f => (f.Rule, f.Line, f.IsError)));
        Assert.Equal([(rule, 7, isError)], Script(bad, "%post").Select(f => (f.Rule, f.Line, f.IsError)));
        Assert.Empty(Script(good, "%pre --erroronfail"));
    }

    [Theory]
    [InlineData("whole-disk", "wipefs -a /dev/sda")]
    [InlineData("bootloader", "in-target grub-install /dev/sda")]
    [InlineData("script-writes", "for d in $(list-devices disk); do sfdisk --delete $d; done")]
    [InlineData("automatic-partitions", "debconf-set partman-auto/disk \"$(list-devices disk | head -n 1)\"")]
    [InlineData("automatic-partitions", "echo \"d-i partman-auto/method string lvm\" | debconf-set-selections")]
    [InlineData("discards", "debconf-set partman-md/deleteverify true")]
    [InlineData("bootloader", "debconf-set grub-installer/skip false")]
    public void A_command_of_a_preseed_file_is_read_too(string rule, string command)
    {
        Assert.Equal([(rule, 5)], PreseedLint.Check($"{Seed}d-i preseed/early_command string true; \\\n  {command}\n").Select(f => (f.Rule, f.Line)));
        Assert.Empty(PreseedLint.Check($"{Seed}d-i preseed/early_command string true; \\\n  : '{command.Replace("'", "")}'\n"));
    }

    [Theory]
    [InlineData("whole-disk", "- wipefs -a /dev/sda")]
    [InlineData("whole-disk", "- [wipefs, -a, /dev/sda]")]
    [InlineData("whole-disk", "- |\n      true\n      dd if=/dev/zero of=/dev/sda")]
    [InlineData("bootloader", "- curtin in-target --target=/target -- grub-install /dev/sda")]
    [InlineData("nvram", "- [curtin, in-target, --, efibootmgr, --bootorder, '0001']")]
    public void A_command_of_an_autoinstall_file_is_read_too(string rule, string command)
    {
        foreach (var key in new[] { "early-commands", "late-commands" })
        {
            Assert.Equal([(rule, 12)], AutoinstallLint.Check($"{AutoinstallLintTests.Good}  {key}:\n    {command}\n").Select(f => (f.Rule, f.Line)));
        }
    }

    /// <summary>The directives of a file that a %pre makes: the founding way to choose a disk when the installer runs.</summary>
    [Theory]
    [InlineData("cat >/tmp/site.ks <<EOF\nclearpart --all --initlabel\nEOF", 8)]
    [InlineData("cat <<-'END' >/tmp/site.ks\n\tzerombr\n\tclearpart --all --drives=$disk\n\tEND", 8, 9)]
    [InlineData("tee /tmp/site.ks <<EOF\npart / --fstype=ext4 --size=1\nEOF", 8)]
    [InlineData("echo \"clearpart --all --drives=$disk\" >/tmp/site.ks\necho autopart >>/tmp/site.ks", 7, 8)]
    [InlineData("printf '%s\\n' 'ignoredisk --only-use=sda' 'autopart' >/tmp/site.ks\nprintf 'lang en\\nzerombr\\n' >>/tmp/site.ks", 8)]
    [InlineData("{\n  echo zerombr\n  echo 'part / --onpart=sda'\n} >/tmp/site.ks", 8, 9)]
    public void What_a_pre_writes_for_an_include_is_read_as_the_file_is(string script, params int[] lines)
    {
        var found = KickstartLint.Check($"{Kick}%include /tmp/site.ks\n%pre --erroronfail\n{script}\n%end\n");

        Assert.Equal(lines, found.Select(f => f.Line));
        Assert.All(found, f => Assert.True(f.IsError, f.Rule));
    }

    [Theory]
    [InlineData("cat >/tmp/site.ks <<EOF\nclearpart --none\npart / --onpart=${slot#/dev/} --fstype=ext4\nrootpw --iscrypted $hash\nEOF")]
    [InlineData("cat >/tmp/other <<EOF\nclearpart --all\nEOF\necho 'clearpart --none' >/tmp/site.ks")]
    public void What_is_harmless_or_goes_elsewhere_is_no_fault(string script) =>
        Assert.Empty(KickstartLint.Check($"{Kick}%include /tmp/site.ks\n%pre --erroronfail\n{script}\n%end\n"));

    [Fact]
    public void An_include_that_no_pre_writes_is_told_beside_one_that_is_read()
    {
        var told = Assert.Single(KickstartLint.Check($"{Kick}%include /tmp/site.ks\n%include /tmp/other.ks\n%pre --erroronfail\necho 'clearpart --none' >/tmp/site.ks\n%end\n"));

        Assert.Equal(("not-read", 6, "what /tmp/other.ks holds was not looked at"), (told.Rule, told.Line, told.Message));
    }

    [Fact]
    public void A_script_of_another_language_was_not_looked_at_and_that_is_told()
    {
        var told = Assert.Single(KickstartLint.Check(Kick + "%post --interpreter=/usr/bin/python3\nimport os; os.system('wipefs -a /dev/sda')\n%end\n"));

        Assert.Equal(("not-read", 5, false), (told.Rule, told.Line, told.IsError));
    }

    [Fact]
    public void A_script_that_is_cut_off_anywhere_is_read_to_its_end()
    {
        const string Whole = "x=\"a $(b 'c') ${d#e}\" && cat <<EOF >/dev/sda # f\n$g\nEOF\ncase $h in i) j `k` \\\n;; esac; l 2>&1 >\"m\" <n";

        for (var length = 0; length <= Whole.Length; length++)
        {
            Assert.All(ShellScript.Read(Whole[..length]), c => Assert.True(c.Words.Count + c.Targets.Count > 0));
        }

        Assert.Equal(["b c", "x=a $(b 'c') ${d#e}", "cat", "case $h in i", "j", "k", "esac", "l"], ShellScript.Read(Whole).Select(c => string.Join(' ', c.Words)));
    }

    private static IReadOnlyList<InstallerFinding> Script(string command, string header) => KickstartLint.Check($"{Kick}{header}\ntrue\n{command}\n%end\n");
}
