using Allie.Errors;
using Allie.Installers.Bootstrap;
using Xunit;

namespace Allie.Tests.Installers.Bootstrap;

public class DebootstrapTests
{
    private static readonly BootstrapRequest Request = new("trixie", "minbase", ["rsync"], ["deb http://h/security trixie-security main", "deb http://h/debian trixie main contrib"], "");

    [Fact]
    public void The_base_comes_from_the_one_mirror_that_has_the_suite_and_is_never_taken_unproved() =>
        Assert.Equal(
            ["--variant=minbase", "--components=main,contrib", "--force-check-gpg", "trixie", "/t", "http://h/debian"],
            DebootstrapCall.Arguments(Request, "/t"));

    [Theory]
    [InlineData("deb [signed-by=/k.gpg arch=amd64] http://h/debian trixie main", "--keyring=/k.gpg", "--force-check-gpg")]
    [InlineData("deb [trusted=yes] http://h/debian trixie main", "--components=main", "--no-check-gpg")]
    public void The_options_of_a_line_become_those_of_debootstrap(string line, string first, string second)
    {
        var arguments = DebootstrapCall.Arguments(Request with { Sources = [line] }, "/t");

        Assert.Equal(1, arguments.ToList().IndexOf(second) - arguments.ToList().IndexOf(first));
    }

    [Theory]
    [InlineData("deb http://h/debian bookworm main", "minbase", "trixie")]
    [InlineData("deb copy:/srv/debs trixie main", "minbase", "trixie")]
    [InlineData("deb file:/srv/debs trixie main", "minbase", "trixie")]
    [InlineData("deb http://h/debian trixie main", "standard", "trixie")]
    [InlineData("deb http://h/debian --help main", "minbase", "--help")]
    public void What_it_cannot_do_is_refused_with_what_can(string line, string variant, string suite)
    {
        var error = Assert.Throws<UserError>(() => DebootstrapCall.Arguments(Request with { Sources = [line], Variant = variant, Suite = suite }, "/t"));

        Assert.Equal(2, error.ExitCode);
        Assert.NotEmpty(error.Hint!);
    }

    [Theory]
    [InlineData("I: Retrieving InRelease ", null)]
    [InlineData("I: Unpacking the base system...", "unpacking the base system")]
    [InlineData("I: Unpacking zlib1g:amd64...", null)]
    [InlineData("W: Retrying failed download", null)]
    public void Only_its_stages_are_told(string line, string? stage) => Assert.Equal(stage, DebootstrapCall.Stage(line));

    [Theory]
    [InlineData("Get:12 http://h/debian trixie/main amd64 rsync amd64 3.4.1 [417 kB]", "downloading")]
    [InlineData("Unpacking rsync (3.4.1) ...", "unpacking")]
    [InlineData("Setting up rsync (3.4.1) ...", "setting up")]
    [InlineData("update-initramfs: Generating /boot/initrd.img-6.12", "making the initramfs")]
    [InlineData("Reading package lists...", null)]
    public void The_stages_of_apt_are_told(string line, string? stage) => Assert.Equal(stage, AptStage.Of(line));

    [Fact]
    public void A_line_is_read_with_and_without_options()
    {
        var line = DebLine.Parse("deb [ arch=amd64 signed-by=/k.gpg ] http://h/debian trixie main contrib");

        Assert.Equal(("http://h/debian", "trixie", "/k.gpg", null), (line.Url, line.Suite, line.Option("signed-by"), line.Option("trusted")));
        Assert.Equal(["main", "contrib"], line.Components);
        Assert.Equal("./", DebLine.Parse("deb copy:/srv ./").Suite);
    }

    [Fact]
    public void A_package_is_in_the_list_by_its_name_or_as_what_another_provides()
    {
        string[] list = ["Package: rsync", "Version: 1", "", "Package: exim4", "Provides: mail-transport-agent, mta (= 1)", "Suggests: vim"];

        Assert.Equal(["vim"], DebootstrapCall.Missing(Request with { Packages = ["rsync=1", "rsync:amd64", "mta", "mail-transport-agent", "vim"] }, list));
    }
}
