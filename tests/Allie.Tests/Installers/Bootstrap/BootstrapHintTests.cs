using Allie.Installers.Bootstrap;
using Xunit;

namespace Allie.Tests.Installers.Bootstrap;

/// <summary>The words are those of apt 2.6, mmdebstrap 1.3, debootstrap 1.0.128 and dnf 4.14, as they were heard.</summary>
public class BootstrapHintTests
{
    private static readonly BootstrapRequest Request = new("trixie", "minbase", [], ["deb http://h/debian trixie main"], "");

    [Theory]
    [InlineData("No such script: /usr/share/debootstrap/scripts/trixy", "debootstrap knows no trixie: is the name right?")]
    [InlineData("invalid variant. Choose from extract, custom", "--variant names one of these")]
    [InlineData("The method driver /usr/lib/apt/methods/htp could not be found.", "is the mirror's address right? deb http://h/debian")]
    [InlineData("The repository 'http://h/debian trixy Release' does not have a Release file.", "is trixie a suite of this mirror? deb http://h/debian")]
    [InlineData("Failed getting release file http://127.0.0.1:9/debian/dists/trixie/Release", "does the mirror answer, and is trixie a suite of it?")]
    [InlineData("Failed to fetch http://127.0.0.1:9/debian/dists/trixie/InRelease  Could not connect to 127.0.0.1:9 (127.0.0.1). - connect (111: Connection refused)", "the mirror does not answer: deb http://h/debian")]
    [InlineData("Failed to fetch http://nohost.invalid/debian/dists/trixie/InRelease  Could not resolve 'nohost.invalid'", "the mirror does not answer")]
    [InlineData("Keyring-based check was requested; aborting accordingly", "install debian-archive-keyring, or name the file: --mirror \"deb [signed-by=FILE]")]
    [InlineData("Unable to find a match: nowhere", "--packages, --include and --kernel choose them")]
    [InlineData("something else", "does the mirror have this suite and these packages?")]
    public void The_words_of_a_failure_tell_what_to_do(string word, string hint) => Assert.Contains(hint, BootstrapHint.Of(Request, [word]), StringComparison.Ordinal);

    [Fact]
    public void A_repository_that_does_not_answer_is_not_a_package_of_another_name() =>
        Assert.StartsWith("the mirror does not answer", BootstrapHint.Of(Request, ["Failed to download metadata for repo 'allie0': Cannot download repomd.xml", "Unable to find a match: basis"]), StringComparison.Ordinal);

    [Fact]
    public void A_full_disk_is_the_reason_whatever_was_told_besides()
    {
        string[] lines =
        [
            "dpkg: error processing archive /var/cache/apt/archives/a.deb (--unpack):", " cannot copy extracted data for './a' to '/a.dpkg-new': failed to write (No space left on device)",
            "E: Sub-process env returned an error code (2)", "I: removing tempdir",
        ];

        var told = lines.Select(BootstrapHint.Error).OfType<string>().ToList();

        Assert.Equal([lines[1].Trim(), "Sub-process env returned an error code (2)"], told);
        Assert.Equal(lines[1].Trim(), BootstrapHint.Word([told[1], told[0]], "x"));
        Assert.Equal(("b", "x"), (BootstrapHint.Word(["b", "c"], "x"), BootstrapHint.Word([], "x")));
        Assert.StartsWith("make room or take a larger slot", BootstrapHint.Of(Request, told), StringComparison.Ordinal);
    }
}
