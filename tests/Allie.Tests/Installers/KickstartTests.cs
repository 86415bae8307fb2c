using Allie.Errors;
using Allie.Installers;
using Xunit;

namespace Allie.Tests.Installers;

public class KickstartTests
{
    [Theory]
    [InlineData("F42")]
    [InlineData("EL9")]
    [InlineData("F18")]
    [InlineData("F20")]
    [InlineData("F21")]
    [InlineData("F28")]
    [InlineData("F37")]
    [InlineData("F43")]
    [InlineData("EL6")]
    [InlineData("EL7")]
    [InlineData("EL8")]
    [InlineData("EL10")]
    public void The_file_is_the_golden_one(string release)
    {
        Golden.Check($"kickstart-{release}.ks", Make(release, ["vanilla", "nogui"], release == "F42" ? "http://server/f42/os/" : ""));
    }

    [Theory]
    [InlineData("F15")]
    [InlineData("F20")]
    [InlineData("F21")]
    [InlineData("F43")]
    [InlineData("EL6")]
    [InlineData("EL7")]
    [InlineData("RHEL10")]
    public void No_release_gets_a_directive_that_touches_another_partition(string release)
    {
        var words = Make(release, [], "").Split('\n').Where(l => !l.StartsWith('#')).ToList();

        Assert.DoesNotContain(words, l => l.StartsWith("zerombr", StringComparison.Ordinal) || l.StartsWith("autopart", StringComparison.Ordinal)
            || l.StartsWith("reqpart", StringComparison.Ordinal));
        Assert.All(words.Where(l => l.StartsWith("clearpart", StringComparison.Ordinal)), l => Assert.Equal("clearpart --none", l));
        Assert.All(words.Where(l => l.StartsWith("part ", StringComparison.Ordinal)), l => Assert.Contains("--onpart=", l));
    }

    [Theory]
    [InlineData("F20", "--location=partition")]
    [InlineData("F21", "--location=none")]
    [InlineData("EL6", "--location=partition")]
    [InlineData("EL7", "--location=none")]
    public void The_boot_loader_goes_to_the_partition_only_where_the_installer_takes_that(string release, string location)
    {
        Assert.Contains(location, Make(release, [], "").Split('\n').Single(l => l.StartsWith("bootloader", StringComparison.Ordinal)));
    }

    [Fact]
    public void Each_keyword_has_its_place_in_the_post_script() => Assert.Contains("if keyword nogui; then", Make("F42", ["nogui"], ""));

    [Theory]
    [InlineData("F42", "inst.ks=http://s/f.ks inst.cmdline inst.ksstrict ip=dhcp allie.target=PARTLABEL=allie-b vanilla")]
    [InlineData("EL7", "inst.ks=http://s/f.ks inst.cmdline ip=dhcp allie.target=PARTLABEL=allie-b vanilla")]
    [InlineData("EL6", "ks=http://s/f.ks ip=dhcp allie.target=PARTLABEL=allie-b vanilla")]
    public void The_boot_line_is_what_that_release_reads(string release, string line)
    {
        Assert.Equal(line, BootLine.For(InstallerRelease.Parse(release), "http://s/f.ks", InstallTarget.Parse("PARTLABEL=allie-b"), ["vanilla"]));
    }

    [Theory]
    [InlineData("D13")]
    [InlineData("F9")]
    [InlineData("F")]
    [InlineData("f42")]
    public void An_unknown_release_is_refused(string release) => Assert.Equal(2, Assert.Throws<UserError>(() => InstallerRelease.Parse(release)).ExitCode);

    [Theory]
    [InlineData("PARTLABEL=base")]
    [InlineData("PARTLABEL=allie-boot")]
    [InlineData("/dev/sda3")]
    [InlineData("LABEL=a'b")]
    [InlineData("LABEL=a b")]
    [InlineData("PARTUUID=")]
    public void A_target_that_is_no_slot_or_not_one_plain_word_is_refused(string target) =>
        Assert.Equal(2, Assert.Throws<UserError>(() => InstallTarget.Parse(target)).ExitCode);

    private static string Make(string release, IReadOnlyList<string> keywords, string url) =>
        new Kickstart(InstallerRelease.Parse(release), InstallTarget.Parse("PARTLABEL=allie-b"), keywords, url).Format();
}
