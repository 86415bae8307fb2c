using Allie.Errors;
using Allie.Installers;
using Allie.Installers.Lint;
using Xunit;

namespace Allie.Tests.Installers;

public class KickstartTests
{
    public static TheoryData<string> Releases => [.. Enumerable.Range(18, 26).Select(n => $"F{n}"), .. Enumerable.Range(7, 4).Select(n => $"EL{n}")];

    /// <summary>Every release has its file; those that differ in the first line alone share one.</summary>
    [Theory]
    [MemberData(nameof(Releases))]
    public void The_file_is_the_golden_one_and_passes_the_lint_of_its_release(string release)
    {
        var number = int.Parse(release.TrimStart('F', 'E', 'L'));
        var form = release.StartsWith('F') ? number < 20 ? "F18-F19" : number < 21 ? "F20" : "F21-F43" : "EL7-EL10";
        var text = Make(release, ["vanilla", "nogui"], "http://server/os/");

        Golden.Check($"kickstart-{form}.ks", text.Replace($"# {release} onto", "# RELEASE onto"));
        Assert.Empty(InstallerLint.Check(InstallerFileKind.Kickstart, text, InstallerRelease.OfHeader(text)));
    }

    [Fact]
    public void A_file_of_its_own_release_fills_a_template()
    {
        var filled = Kickstart.Make(InstallerRelease.Parse("F20"), InstallTarget.Parse("PARTLABEL=allie-b"), [], null).Fill("lang de_DE\n#allie storage\n#allie pre\n#allie post\n");

        Assert.Contains("bootloader --location=partition", filled);
        Assert.Empty(InstallerLint.Check(InstallerFileKind.Kickstart, filled, InstallerRelease.OfHeader(filled)));
    }

    [Theory]
    [InlineData("F18")]
    [InlineData("F20")]
    [InlineData("F21")]
    [InlineData("F43")]
    [InlineData("EL7")]
    [InlineData("RHEL10")]
    public void No_release_gets_a_directive_that_touches_another_partition(string release)
    {
        var words = Make(release, [], null).Split('\n').Where(l => !l.StartsWith('#')).ToList();

        Assert.DoesNotContain(words, l => l.StartsWith("zerombr", StringComparison.Ordinal) || l.StartsWith("autopart", StringComparison.Ordinal)
            || l.StartsWith("reqpart", StringComparison.Ordinal));
        Assert.All(words.Where(l => l.StartsWith("clearpart", StringComparison.Ordinal)), l => Assert.Equal("clearpart --none", l));
        Assert.All(words.Where(l => l.StartsWith("part ", StringComparison.Ordinal)), l => Assert.Contains("--onpart=", l));
    }

    [Theory]
    [InlineData("F20", "--location=partition")]
    [InlineData("F21", "--location=none")]
    [InlineData("EL7", "--location=none")]
    public void The_boot_loader_goes_to_the_partition_only_where_the_installer_takes_that(string release, string location)
    {
        Assert.Contains(location, Make(release, [], null).Split('\n').Single(l => l.StartsWith("bootloader", StringComparison.Ordinal)));
    }

    [Fact]
    public void Each_keyword_has_its_place_in_the_post_script() => Assert.Contains("if keyword nogui; then", Make("F42", ["nogui"], null));

    [Theory]
    [InlineData("D13")]
    [InlineData("F9")]
    [InlineData("F")]
    [InlineData("42")]
    [InlineData("")]
    public void An_unknown_release_is_refused(string release) => Assert.Equal(2, Assert.Throws<UserError>(() => InstallerRelease.Parse(release)).ExitCode);

    [Theory]
    [InlineData("f42", "F42")]
    [InlineData("Fedora-42", "F42")]
    [InlineData("fedora43", "F43")]
    [InlineData("el9", "EL9")]
    [InlineData("RHEL9", "EL9")]
    [InlineData("rocky 9", "EL9")]
    [InlineData("centos7", "EL7")]
    public void A_release_is_taken_as_people_write_it(string written, string release) => Assert.Equal(release, InstallerRelease.Parse(written).ToString());

    [Theory]
    [InlineData("F15")]
    [InlineData("F17")]
    [InlineData("EL6")]
    public void No_file_is_made_for_a_release_whose_installer_would_not_find_the_slot(string release) =>
        Assert.Contains("F18 and EL7", Assert.Throws<UserError>(() => Make(release, [], null)).Hint);

    [Theory]
    [InlineData("F43", null)]
    [InlineData("EL10", null)]
    [InlineData("F44", "what F43 takes")]
    [InlineData("EL11", "what EL10 takes")]
    public void Of_a_release_that_is_newer_than_we_know_it_is_said_what_is_written(string release, string? note)
    {
        Assert.Equal(note is null, InstallerRelease.Parse(release).Note is null);
        Assert.Contains(note ?? "", InstallerRelease.Parse(release).Note ?? "");
        Assert.Empty(InstallerLint.Check(InstallerFileKind.Kickstart, Make(release, [], null), InstallerRelease.Parse(release)));
    }

    [Theory]
    [InlineData("PARTLABEL=base")]
    [InlineData("PARTLABEL=allie-boot")]
    [InlineData("/dev/sda3")]
    [InlineData("LABEL=a'b")]
    [InlineData("LABEL=a b")]
    [InlineData("PARTUUID=")]
    [InlineData("PARTUUID=zz")]
    [InlineData("PARTUUID=12345678-02")]
    public void A_target_that_is_no_slot_or_not_one_plain_word_is_refused(string target) =>
        Assert.Equal(2, Assert.Throws<UserError>(() => InstallTarget.Parse(target)).ExitCode);

    [Fact]
    public void A_partitions_identity_is_written_as_the_installers_blkid_prints_it() =>
        Assert.Equal("PARTUUID=3f25a0c1-7e5b-4d0a-9c1e-0123456789ab", InstallTarget.Parse("PARTUUID=3F25A0C1-7E5B-4D0A-9C1E-0123456789AB").ToString());

    private static string Make(string release, IReadOnlyList<string> keywords, string? url) =>
        Kickstart.Make(InstallerRelease.Parse(release), InstallTarget.Parse("PARTLABEL=allie-b"), keywords, url).Format();
}
