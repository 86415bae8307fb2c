using Allie.Errors;
using Allie.Installers.Bootstrap;
using Xunit;

namespace Allie.Tests.Installers.Bootstrap;

public class TreeReleaseTests
{
    private const string Trixie = "PRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\nID=debian\nVERSION_ID=\"13\"\nVERSION_CODENAME=trixie\n";
    private const string Noble = "ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"24.04\"\nVERSION_CODENAME=noble\nUBUNTU_CODENAME=noble\n";
    private const string Fedora = "NAME=\"Fedora Linux\"\nID=fedora\nVERSION_ID=42\nVERSION_CODENAME=\"\"\n";
    private const string Rocky = "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\nVERSION_ID=\"9.6\"\n";

    [Theory]
    [InlineData(Trixie, "trixie")]
    [InlineData(Noble, "noble")]
    [InlineData(Fedora, "F42")]
    [InlineData(Fedora, "f42")]
    [InlineData(Rocky, "EL9")]
    [InlineData(Rocky, "RHEL9")]
    public void What_it_is_may_be_said(string osRelease, string suite) => Assert.True(TreeRelease.Require(osRelease, suite, "oci"));

    [Theory]
    [InlineData(Trixie, "bookworm", "oci is Debian GNU/Linux 13 (trixie), not bookworm", "--suite trixie")]
    [InlineData(Trixie, "F42", "oci is Debian GNU/Linux 13 (trixie), not F42", "--suite trixie")]
    [InlineData(Noble, "jammy", "oci is noble, not jammy", "--suite noble")]
    [InlineData(Fedora, "F41", "oci is F42, not F41", "--suite F42")]
    [InlineData(Fedora, "trixie", "oci is F42, not trixie", "--suite F42")]
    [InlineData(Rocky, "EL8", "oci is EL9, not EL8", "--suite EL9")]
    [InlineData("ID=alpine\nVERSION_ID=3.20.1\n", "trixie", "oci is alpine3.20.1, not trixie", "--suite alpine3.20.1")]
    public void Another_is_refused_with_what_it_is(string osRelease, string suite, string message, string hint)
    {
        var error = Assert.Throws<UserError>(() => TreeRelease.Require(osRelease, suite, "oci"));

        Assert.Equal((2, message), (error.ExitCode, error.Message));
        Assert.Contains(hint, error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "trixie")]
    [InlineData("ID=debian\n", "jessie")]
    [InlineData(Trixie, "sid")]
    [InlineData(Trixie, "stable")]
    public void Where_nobody_can_tell_it_is_not_refused(string osRelease, string suite) => Assert.False(TreeRelease.Require(osRelease, suite, "oci"));
}
