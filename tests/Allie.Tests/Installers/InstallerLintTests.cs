using Allie.Installers;
using Allie.Installers.Lint;
using Xunit;

namespace Allie.Tests.Installers;

public class InstallerLintTests
{
    private const string Kick = "lang en\nbootloader --location=none\nclearpart --none\npart / --onpart=sda3 --fstype=ext4\n";
    private const string Seed = "d-i partman/early_command string x\nd-i partman/confirm boolean true\nd-i grub-installer/skip boolean true\nd-i systemd-boot-installer/skip boolean true\n";
    private const string Auto = AutoinstallLintTests.Good;

    [Theory]
    [InlineData(Kick)]
    [InlineData(Seed)]
    [InlineData(Auto)]
    public void A_good_file_has_no_finding(string text) => Assert.Empty(InstallerLint.Check(InstallerFileKinds.Of(text)!.Value, text));

    [Theory]
    [InlineData("zerombr", "zerombr")]
    [InlineData("clearpart --all", "clearpart")]
    [InlineData("clearpart --linux --drives=sda", "clearpart")]
    [InlineData("autopart", "autopart")]
    [InlineData("reqpart", "reqpart")]
    [InlineData("part /home --size=100", "part-without-onpart")]
    [InlineData("part / --onpart=sda3 --grow", "part-layout")]
    [InlineData("volgroup vg pv.1", "many-partitions")]
    [InlineData("bootloader --location=partition", "location-partition")]
    [InlineData("bootloader --location=mbr", "bootloader")]
    [InlineData("rootpw secret", "clear-password")]
    [InlineData("%pre\n%end", "pre-goes-on")]
    [InlineData("btrfs none --data=0 b.1", "many-partitions")]
    [InlineData("%post\nzerombr", "no-end")]
    public void Each_rule_of_kickstart_finds_its_line(string bad, string rule) => Finds(Kick + bad + "\n", rule, 5);

    [Theory]
    [InlineData("lang en\nbootloader --location=none\n", "no-target")]
    [InlineData("lang en\npart / --onpart=sda3\n", "no-bootloader-line")]
    public void What_is_missing_in_a_kickstart_file_is_told(string text, string rule) => Finds(text, rule, 0);

    [Theory]
    [InlineData("d-i partman-auto/method string regular", "automatic-partitions")]
    [InlineData("d-i partman-auto/disk string /dev/sda", "automatic-partitions")]
    [InlineData("d-i partman-auto/init_automatically_partition select biggest_free", "automatic-partitions")]
    [InlineData("d-i grub-installer/skip boolean false", "bootloader")]
    [InlineData("d-i systemd-boot-installer/skip boolean false", "bootloader")]
    [InlineData("d-i grub-installer/bootdev string /dev/sda", "bootloader")]
    [InlineData("d-i passwd/root-password password secret", "clear-password")]
    [InlineData("d-i passwd/root-password-crypted password !", "asks")]
    [InlineData("d-i partman/early_command string echo x >/lib/partman/init.d/99site", "too-late")]
    [InlineData("this is nothing", "no-selection")]
    public void Each_rule_of_preseed_finds_its_line(string bad, string rule) => Finds(Seed + bad + "\n", rule, 5);

    [Theory]
    [InlineData("d-i partman/confirm boolean true\nd-i grub-installer/skip boolean true\nd-i systemd-boot-installer/skip boolean true\n", "confirmed-unseen")]
    [InlineData("d-i systemd-boot-installer/skip boolean true\n", "bootloader")]
    [InlineData("d-i grub-installer/skip boolean true\n", "bootloader")]
    public void What_is_missing_in_a_preseed_file_is_told(string text, string rule) => Finds(text, rule, 0);

    [Theory]
    [InlineData("    - {id: q, type: partition, number: 2}", "not-preserved")]
    [InlineData("    - {id: e, type: disk, preserve: false}", "not-preserved")]
    [InlineData("    - {id: e, type: disk, preserve: true, wipe: superblock}", "disk-wiped")]
    [InlineData("    - {id: v, type: lvm_volgroup}", "many-partitions")]
    [InlineData("    layout: {name: lvm}", "layout")]
    [InlineData("  identity: {password: secret}", "clear-password")]
    public void Each_rule_of_autoinstall_finds_its_line(string bad, string rule) => Finds(Auto + bad + "\n", rule, 11);

    [Theory]
    [InlineData("autoinstall:\n  version: 1\n", "no-storage")]
    [InlineData("autoinstall:\n  storage: {}\n", "nvram")]
    public void What_is_missing_in_an_autoinstall_file_is_told(string text, string rule) => Finds(text, rule, 0);

    [Fact]
    public void A_script_is_no_directive() =>
        Assert.Empty(KickstartLint.Check(Kick + "%post --erroronfail\nzerombr\nclearpart --all\n%end\n"));

    [Fact]
    public void A_value_that_goes_on_over_lines_is_one_and_the_next_keeps_its_number() =>
        Assert.Equal(4, Assert.Single(PreseedLint.Check("d-i partman/early_command string \\\n  a; \\\n  zerombr\nnonsense\nd-i grub-installer/skip boolean true\nd-i systemd-boot-installer/skip boolean true\n")).Line);

    [Theory]
    [InlineData("F20", "bootloader --location=partition", null)]
    [InlineData("EL6", "bootloader --location=partition", null)]
    [InlineData("F21", "bootloader --location=partition", "location-partition")]
    [InlineData("EL7", "bootloader --location=partition", "location-partition")]
    [InlineData(null, "bootloader --location=partition", "location-partition")]
    [InlineData("F17", "bootloader --location=none --leavebootorder", "leavebootorder")]
    [InlineData("EL7", "bootloader --location=none --leavebootorder", null)]
    public void What_a_release_takes_is_no_fault_in_its_file(string? release, string line, string? rule)
    {
        var found = KickstartLint.Check("lang en\npart / --onpart=sda3\n" + line + "\n", release is null ? null : InstallerRelease.Parse(release));

        Assert.Equal(rule is null ? [] : [rule], found.Select(f => f.Rule));
    }

    /// <summary>For each rule the line that does it right, beside the bad one above.</summary>
    [Theory]
    [InlineData("clearpart --none")]
    [InlineData("part /home --onpart=sda4 --fstype=ext4 --noformat")]
    [InlineData("partition /home --usepart=sda4 --noformat")]
    [InlineData("bootloader --location=none --leavebootorder")]
    [InlineData("rootpw --lock")]
    [InlineData("rootpw --iscrypted $6$salt$abc")]
    [InlineData("%pre --erroronfail\nzerombr\n%end")]
    [InlineData("%pre --erroronfail\nwipefs /dev/sda; sfdisk -d /dev/sda >/tmp/table\n%end")]
    [InlineData("# zerombr, autopart and reqpart are only told of here")]
    public void The_right_form_of_each_kickstart_line_is_no_fault(string good) => Assert.Empty(KickstartLint.Check(Kick + good + "\n"));

    [Theory]
    [InlineData("d-i partman-auto-crypto/erase_disks boolean false")]
    [InlineData("d-i passwd/root-password-crypted password $6$salt$abc")]
    [InlineData("d-i passwd/root-password-crypted password *")]
    [InlineData("popularity-contest popularity-contest/participate boolean false")]
    [InlineData("# d-i grub-installer/bootdev string /dev/sda")]
    public void The_right_form_of_each_preseed_line_is_no_fault(string good) => Assert.Empty(PreseedLint.Check(Seed + good + "\n"));

    [Theory]
    [InlineData("    - {id: q, type: partition, number: 2, preserve: true}")]
    [InlineData("  identity: {password: '$6$salt$abc'}")]
    public void The_right_form_of_each_autoinstall_line_is_no_fault(string good) => Assert.Empty(AutoinstallLint.Check(Auto + good + "\n"));

    [Theory]
    [InlineData("# F20 onto the one slot PARTLABEL=allie-b; written by: allie installer kickstart\n", "F20")]
    [InlineData("# EL10 onto the one slot LABEL=x\n", "EL10")]
    [InlineData("lang en\n# F20 onto the one slot X\n", null)]
    [InlineData("# about F20\n", null)]
    public void The_release_is_read_from_the_first_line_of_our_own_files(string text, string? release) => Assert.Equal(release, InstallerRelease.OfHeader(text)?.ToString());

    [Fact]
    public void A_file_of_no_kind_is_told_apart() => Assert.Null(InstallerFileKinds.Of("hello\nworld\n"));

    private static void Finds(string text, string rule, int line) =>
        Assert.Contains(InstallerLint.Check(InstallerFileKinds.Of(text)!.Value, text), f => f.Rule == rule && f.Line == line);
}
