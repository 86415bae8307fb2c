using Allie.Installers.Lint;
using Xunit;

namespace Allie.Tests.Installers;

public class PreseedLintTests
{
    private const string Seed = "d-i partman/early_command string x\nd-i partman/confirm boolean true\nd-i grub-installer/skip boolean true\nd-i systemd-boot-installer/skip boolean true\n";

    /// <summary>Each question that throws something away: true is the bad answer, false the right one.</summary>
    [Theory]
    [InlineData("partman-partitioning/confirm_new_label", "discards")]
    [InlineData("partman-partitioning/confirm_write_new_label", "discards")]
    [InlineData("partman-partitioning/confirm_resize", "discards")]
    [InlineData("partman-lvm/device_remove_lvm", "discards")]
    [InlineData("partman-lvm/vgdelete_confirm", "discards")]
    [InlineData("partman-md/device_remove_md", "discards")]
    [InlineData("partman-md/deleteverify", "discards")]
    [InlineData("partman-crypto/plain_warn_erase", "discards")]
    [InlineData("partman-crypto/crypto_warn_erase", "discards")]
    [InlineData("partman-auto-crypto/erase_disks", "discards")]
    [InlineData("partman-auto/purge_lvm_from_device", "discards")]
    [InlineData("partman/confirm_write_new_label", "discards")]
    [InlineData("partman-lvm/confirm", "many-partitions")]
    [InlineData("partman-lvm/confirm_nooverwrite", "many-partitions")]
    [InlineData("partman-md/confirm", "many-partitions")]
    [InlineData("partman-crypto/confirm_nochanges", "many-partitions")]
    public void What_throws_away_or_spreads_is_told_when_it_is_answered_with_true(string question, string rule)
    {
        var told = Assert.Single(PreseedLint.Check($"{Seed}d-i {question} boolean true\n"));

        Assert.Equal((rule, 5, true), (told.Rule, told.Line, told.IsError));
        Assert.Empty(PreseedLint.Check($"{Seed}d-i {question} boolean false\n"));
        Assert.Equal(rule, Assert.Single(PreseedLint.Check($"{Seed}d-i  {question}\tboolean  true \n")).Rule);
    }

    [Theory]
    [InlineData("automatic-partitions", "d-i partman-auto/select_disk select /dev/sda", "# d-i partman-auto/select_disk select /dev/sda")]
    [InlineData("automatic-partitions", "d-i partman-auto/automatically_partition select use_device", "d-i partman/mount_style select uuid")]
    [InlineData("automatic-partitions", "d-i partman-auto/expert_recipe_file string /hd/recipe", "d-i partman/default_filesystem string ext4")]
    [InlineData("automatic-partitions", "d-i partman-auto-lvm/new_vg_name string vg", "d-i partman/alignment select optimal")]
    [InlineData("automatic-partitions", "d-i partman-auto-raid/recipe string 1 2 0 ext3 / /dev/sda1#/dev/sdb1 .", "d-i partman/choose_partition select finish")]
    [InlineData("clear-password", "d-i passwd/user-password-again password secret", "d-i passwd/user-password-crypted password $6$salt$abc")]
    [InlineData("clear-password", "d-i passwd/user-password-crypted password secret", "d-i passwd/user-password-crypted password !")]
    [InlineData("clear-password", "d-i passwd/root-password-crypted password secret", "d-i passwd/root-password-crypted password $y$j9T$abc./$def")]
    [InlineData("clear-password", "d-i network-console/password password secret", "d-i network-console/authorized_keys_url string http://server/keys")]
    [InlineData("clear-password", "d-i partman-crypto/passphrase password secret", "d-i passwd/make-user boolean false")]
    public void Each_rule_has_a_bad_line_and_its_right_form(string rule, string bad, string good)
    {
        var told = Assert.Single(PreseedLint.Check(Seed + bad + "\n"));

        Assert.Equal((rule, 5), (told.Rule, told.Line));
        Assert.DoesNotContain("secret", told.Message + told.Hint);
        Assert.Empty(PreseedLint.Check(Seed + good + "\n"));
    }
}
