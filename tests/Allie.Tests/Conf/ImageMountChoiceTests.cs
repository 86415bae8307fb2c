using Allie.Conf;
using Xunit;

namespace Allie.Tests.Conf;

/// <summary>Edge cases 11 and 43 as decisions: no disk is looked at.</summary>
public class ImageMountChoiceTests
{
    private static readonly Dictionary<string, string> Devices = new()
    {
        ["LABEL=boot"] = "/dev/sda5", ["UUID=B0"] = "/dev/sda5", ["LABEL=home"] = "/dev/sda6", ["/dev/sda6"] = "/dev/sda6", ["LABEL=var"] = "/dev/sda7",
    };

    private static ImageMounts Choose(string fstab, string running = "", string? busy = null) =>
        ImageMountChoice.Choose(fstab, running, Devices.GetValueOrDefault, d => d == busy ? "/mnt" : null);

    [Theory]
    [InlineData("LABEL=boot /boot ext4 defaults 0 2", "boot")]
    [InlineData("LABEL=boot\t/boot\\040x\tauto", "boot x")]
    [InlineData("LABEL=boot /boot ext4 noauto,x-systemd.automount", "boot")]
    public void Its_own_file_systems_are_mounted(string line, string at)
    {
        var chosen = Choose("LABEL=f18 / ext4\n" + line);

        Assert.Equal(new ImageMount(Allie.Files.ImagePath.Of(at), "/dev/sda5", ""), Assert.Single(chosen.Mounts));
        Assert.Empty(chosen.Left);
    }

    [Theory]
    [InlineData("# LABEL=boot /boot ext4")]
    [InlineData("LABEL=boot none swap sw")]
    [InlineData("tmpfs /tmp tmpfs")]
    [InlineData("/srv/x /x none bind")]
    [InlineData("/dev/sr0 /media/cdrom iso9660 user,noauto")]
    [InlineData("LABEL=boot /run/x ext4")]
    [InlineData("LABEL=boot /a/../b ext4")]
    public void What_is_no_file_system_of_the_image_is_passed_over(string line)
    {
        var chosen = Choose(line);

        Assert.Empty(chosen.Mounts);
        Assert.Empty(chosen.Left);
    }

    [Fact]
    public void Parents_come_first_and_below_one_that_is_missing_nothing_is_mounted()
    {
        var chosen = Choose("LABEL=boot /var/lib/x ext4\nLABEL=gone /srv ext4\nLABEL=home /srv/deep ext4\nLABEL=var /var ext4\n");

        Assert.Equal(["var", "var/lib/x"], chosen.Mounts.Select(m => m.Point.Raw));
        Assert.Equal(("srv", false), (Assert.Single(chosen.Left).Point.Raw, chosen.Left[0].IsOthers));
    }

    [Theory]
    [InlineData("LABEL=home /home ext4", "/dev/sda6 /data ext4")]
    [InlineData("LABEL=elsewhere /home ext4", "LABEL=elsewhere /home ext4")]
    [InlineData("nas:/home /home nfs", "")]
    [InlineData("//nas/home /home cifs", "")]
    public void What_the_running_image_has_too_and_what_is_on_the_network_is_left_to_a_running_image(string line, string running)
    {
        var chosen = Choose(line, running);

        Assert.Empty(chosen.Mounts);
        Assert.True(Assert.Single(chosen.Left).IsOthers);
    }

    [Fact]
    public void What_somebody_has_mounted_waits() => Assert.Contains("mounted at /mnt", Assert.Single(Choose("UUID=B0 /boot ext4", busy: "/dev/sda5").Left).Why);

    [Fact]
    public void Of_btrfs_the_subvolume_is_what_is_meant() =>
        Assert.Equal("subvol=@var", Assert.Single(Choose("LABEL=var /var btrfs noatime,subvol=@var,compress=zstd").Mounts).Options);
}
