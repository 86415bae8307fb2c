using Allie.Errors;
using Allie.Installers;
using Allie.Installers.Bootstrap;
using Xunit;

namespace Allie.Tests.Installers.Bootstrap;

public class BootstrapTests
{
    private static readonly AptSource[] Machine =
    [
        new("http://h/debian/", "bookworm", "main"), new("http://h/debian/", "bookworm", "contrib"), new("http://h/debian/", "bookworm-updates", "main"),
        new("http://h/security/", "bookworm-security", "main"), new("http://h/debian/", "bookworm-backports", "main"),
        new("https://other/", "nodistro", "main"), new("https://docker/", "bookworm", "stable"),
    ];

    [Fact]
    public void The_machines_own_mirror_gives_the_other_suite()
    {
        Assert.Equal(
            ["deb http://h/debian/ trixie main contrib", "deb http://h/debian/ trixie-updates main", "deb http://h/security/ trixie-security main"],
            AptLines.OfMachine(Machine, "bookworm", "trixie"));
    }

    [Fact]
    public void Sid_has_no_updates_and_no_security()
    {
        Assert.Equal(["deb http://h/debian/ sid main contrib"], AptLines.OfMachine(Machine, "bookworm", "sid"));
    }

    [Fact]
    public void A_machine_without_such_a_source_is_told_to_give_a_mirror()
    {
        Assert.Contains("--mirror", Assert.Throws<UserError>(() => AptLines.OfMachine(Machine, "jammy", "noble")).Hint);
        Assert.Throws<UserError>(() => AptLines.OfMachine(Machine, "", "trixie"));
    }

    [Fact]
    public void A_whole_line_is_kept_and_a_url_becomes_one()
    {
        const string Line = "deb [trusted=yes] copy:/srv/debs ./";

        Assert.Equal([Line, "deb http://h/debian trixie main"], AptLines.OfMirrors([Line, "http://h/debian"], "trixie"));
        Assert.Throws<UserError>(() => AptLines.OfMirrors(["h debian"], "trixie"));
    }

    [Theory]
    [InlineData("trixie", "amd64", "linux-image-amd64")]
    [InlineData("trixie", "arm64", "linux-image-arm64")]
    [InlineData("noble", "amd64", "linux-image-generic")]
    public void The_usual_kernel_is_the_distributions(string suite, string architecture, string kernel)
    {
        Assert.Contains(kernel, BootstrapPackages.For(suite, architecture, null, null, ""));
    }

    [Fact]
    public void A_list_of_ones_own_goes_instead_of_ours_and_more_is_added()
    {
        var listed = BootstrapPackages.Listed("systemd # init\n\n rsync,cron\n", "f", rpm: false);

        Assert.Equal(["systemd", "rsync", "cron", "vim"], BootstrapPackages.For("trixie", "amd64", listed, null, "vim"));
        Assert.Equal(["systemd", "rsync", "cron", "k"], BootstrapPackages.For("trixie", "amd64", listed, "k", ""));
        Assert.DoesNotContain(BootstrapPackages.For("trixie", "amd64", null, "none", ""), p => p.StartsWith("linux-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ssh-server^", false)]
    [InlineData("?essential", false)]
    [InlineData("@core", true)]
    [InlineData("vim*", true)]
    public void A_list_of_ones_own_is_refused_by_its_line(string name, bool rpm) =>
        Assert.StartsWith($"site.list: line 3: '{name}' is no package", Assert.Throws<UserError>(() => BootstrapPackages.Listed($"vim\n# ours\nless {name}\n", "site.list", rpm)).Message);

    [Theory]
    [InlineData("Bookworm", "bookworm")]
    [InlineData("debian-12", "bookworm")]
    [InlineData("24.04", "noble")]
    [InlineData("Sid", "sid")]
    public void A_suite_is_known_by_the_names_that_people_have_for_it(string typed, string suite) => Assert.Equal(suite, SuiteName.Of(typed));

    [Theory]
    [InlineData("a;b")]
    [InlineData("-o=x")]
    [InlineData("$(x)")]
    [InlineData("?essential")]
    public void What_is_no_package_name_is_refused(string name) =>
        Assert.Throws<UserError>(() => BootstrapPackages.For("trixie", "amd64", null, "none", name));

    [Fact]
    public void The_call_has_every_part_as_one_argument_and_no_data_in_its_hooks()
    {
        var request = new BootstrapRequest("trixie", "minbase", ["systemd", "rsync"], ["deb [trusted=yes] copy:/srv/debs ./"], "UUID=u / ext4 defaults 0 1");

        var arguments = MmdebstrapCall.Arguments(request, "/mnt/a b");

        Assert.Equal(["trixie", "/mnt/a b", "deb [trusted=yes] copy:/srv/debs ./"], arguments.TakeLast(3));
        Assert.Contains("--variant=minbase", arguments);
        Assert.Contains("--include=systemd,rsync", arguments);
        Assert.DoesNotContain(arguments, a => a.Contains("UUID=u"));
        Assert.Throws<UserError>(() => MmdebstrapCall.Arguments(request with { Suite = "--help" }, "/mnt"));
    }

    [Theory]
    [InlineData("I: extracting archives...", "extracting archives")]
    [InlineData("I: automatically chosen format: directory", null)]
    [InlineData("I: running --essential-hook in shell: sh -c 'mkdir'", null)]
    [InlineData("W: something", null)]
    [InlineData("Reading package lists...", null)]
    public void Only_stages_are_told(string line, string? stage) => Assert.Equal(stage, MmdebstrapCall.Stage(line));
}
