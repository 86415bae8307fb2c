using Allie.Blandify.Rules.Mounts;
using CsCheck;
using Xunit;

namespace Allie.Tests.Blandify;

public class FstabRewriteTests
{
    [Theory]
    [InlineData("UUID=0a-1 / ext4 errors=remount-ro 0 1", "LABEL=f42 / ext4 errors=remount-ro 0 1")]
    [InlineData("/dev/sda3\t/\text4\tdefaults\t1 1", "LABEL=f42\t/\text4\tdefaults\t1 1")]
    [InlineData("PARTUUID=9 / xfs defaults 0 0", "LABEL=f42 / xfs defaults 0 0")]
    [InlineData("  UUID=\"0a-1\"  /  ext4  rw  0 1 # root", "  LABEL=f42  /  ext4  rw  0 1 # root")]
    [InlineData("LABEL=/ / ext3 defaults 1 1", "LABEL=f42 / ext3 defaults 1 1")]
    [InlineData("UUID=7 / btrfs subvol=root,compress=zstd:1 0 0", "LABEL=f42 / btrfs compress=zstd:1 0 0")]
    [InlineData("UUID=7 / btrfs subvol=@ 0 0", "LABEL=f42 / btrfs defaults 0 0")]
    [InlineData("UUID=7 / ext4", "LABEL=f42 / ext4")]
    public void The_root_line_gets_the_label_and_keeps_its_blanks(string before, string after) =>
        Assert.Equal(after + "\n", Rewrite(before + "\n"));

    [Theory]
    [InlineData("# Created by anaconda")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("tmpfs /tmp tmpfs nosuid 0 0")]
    [InlineData("srv:/home /home nfs4 _netdev 0 0")]
    [InlineData("//srv/share /mnt cifs credentials=/root/c 0 0")]
    [InlineData("proc /proc proc defaults 0 0")]
    [InlineData("/srv/a /mnt/a none bind 0 0")]
    [InlineData("/images/x.iso /mnt/x iso9660 loop,ro 0 0")]
    [InlineData("/dev/sr0 /media/cdrom0 udf,iso9660 user,noauto 0 0")]
    [InlineData("LABEL=scratch /scratch ext4 nofail 0 2")]
    [InlineData("sshfs#x /mnt fuse.sshfs noauto 0 0")]
    [InlineData("/swapfile none swap sw 0 0")]
    public void A_line_that_holds_on_any_PC_is_kept_byte_for_byte(string line) =>
        Assert.Equal(line + "\nLABEL=f42 / ext4 defaults 0 1\n", Rewrite(line + "\nLABEL=f42 / ext4 defaults 0 1\n"));

    [Theory]
    [InlineData("UUID=1 none swap sw 0 0", "LABEL=swap none swap defaults,nofail 0 0\n")]
    [InlineData("/dev/mapper/vg-swap swap swap pri=5 0 0", "LABEL=swap none swap defaults,nofail,pri=5 0 0\n")]
    [InlineData("/swap.gone none swap sw 0 0", "")]
    [InlineData("UUID=AB-CD /boot/efi vfat umask=0077 0 1", "#allie:esp /boot/efi vfat umask=0077\n")]
    [InlineData("UUID=2 /boot ext4 defaults 0 2", "")]
    [InlineData("LABEL=boot /boot ext4 defaults 0 2", "")]
    [InlineData("UUID=9 /var btrfs subvol=@/var 0 0", "")]
    [InlineData("# / was on /dev/sda2 during installation", "")]
    [InlineData("# /boot was on /dev/vda2 during curtin installation", "")]
    [InlineData("LABEL=data /data ext4 nofail,x-systemd.device-timeout=0 0 2", "LABEL=data /data ext4 nofail 0 2\n")]
    public void A_line_of_the_captured_PC_becomes_what_any_PC_has(string line, string after) =>
        Assert.Equal("LABEL=f42 / ext4 defaults 0 1\n" + after, Rewrite($"UUID=9 / ext4 defaults 0 1\n{line}\n"));

    [Theory]
    [InlineData("UUID=7 /home btrfs subvol=home 0 0")]
    [InlineData("/dev/disk/by-id/ata-X-part1 /data xfs defaults 0 0")]
    [InlineData("PARTLABEL=data /data xfs defaults 0 0")]
    public void A_line_of_another_local_disk_becomes_a_marked_comment(string line) =>
        Assert.Equal($"LABEL=f42 / ext4 defaults 0 1\n{FstabRewrite.LocalMark}{line}\n", Rewrite($"UUID=9 / ext4 defaults 0 1\n{line}\n"));

    [Fact]
    public void A_file_without_a_root_line_gets_one() =>
        Assert.Equal("# UNCONFIGURED FSTAB\nLABEL=f42 / auto defaults 0 1\n", Rewrite("# UNCONFIGURED FSTAB"));

    [Fact]
    public void A_second_root_line_is_taken_out() =>
        Assert.Equal("LABEL=f42 / ext4 defaults 0 1\n#allie:local UUID=2 / ext4 defaults 0 1", Rewrite("UUID=1 / ext4 defaults 0 1\nUUID=2 / ext4 defaults 0 1"));

    [Fact]
    public void Line_ends_of_another_system_and_a_missing_last_one_stay() =>
        Assert.Equal("LABEL=f42 / ext4 rw 0 1\r\n# \xe9\r", Rewrite("/dev/sda1 / ext4 rw 0 1\r\n# \xe9\r"));

    [Fact]
    public void Twice_is_once() =>
        Lines.Array[0, 8].Sample(lines =>
        {
            var once = Rewrite(string.Join('\n', lines));
            Assert.Equal(once, Rewrite(once));
        });

    private static readonly Gen<string> Lines = Gen.Select(
        Gen.OneOf("UUID=1", "/dev/sda1", "LABEL=x", "tmpfs", "#", "srv:/x", ""), Gen.OneOf(" ", "\t", "  "),
        Gen.OneOf("/", "/boot", "/boot/efi", "none", "/data", ""), Gen.OneOf("ext4", "swap", "btrfs", "nfs", "vfat"),
        Gen.OneOf("", "defaults", "subvol=a,rw", "bind", "subvol=a"), Gen.OneOf("", " 0 1", "\r"),
        (spec, blank, point, type, options, rest) => $"{spec}{blank}{point}{blank}{type}{blank}{options}{rest}");

    private static string Rewrite(string text) => FstabRewrite.Apply(text, new("f42") { HasSystemd = true }, path => path.Raw == "swapfile", out _);
}
