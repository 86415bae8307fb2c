using Allie.Errors;
using Allie.Installers;
using Xunit;

namespace Allie.Tests.Installers;

public class PackageFileTests
{
    [Fact]
    public void A_kickstart_takes_names_globs_groups_and_what_is_to_be_left_out()
    {
        var read = PackageFile.Kickstart("# ours\r\nvim, less\n@core\n@^Server with GUI\n-@Graphical Internet # no\n-ipa*fonts\nglibc.i686 kernel-core-6.8.5-301.fc40.x86_64\n@ X Window System --nodefaults\n@nodejs:20/common\nvim\n", "f");

        Assert.Equal(
            ["vim", "less", "@core", "@^Server with GUI", "-@Graphical Internet", "-ipa*fonts", "glibc.i686", "kernel-core-6.8.5-301.fc40.x86_64", "@ X Window System --nodefaults", "@nodejs:20/common"], read);
    }

    [Fact]
    public void Debians_and_ubuntus_installer_take_what_apt_does() =>
        Assert.Equal(["vim", "g++", "libc6:i386", "curl=7.88.1-10+deb12u5", "rsync/bookworm-backports", "ssh-server^"], PackageFile.Debian("vim g++\nlibc6:i386\ncurl=7.88.1-10+deb12u5,rsync/bookworm-backports\nssh-server^\n", "f"));

    [Theory]
    [InlineData("%end")]
    [InlineData("%include /x")]
    [InlineData("curl: x")]
    [InlineData("a;b")]
    [InlineData("$(reboot)")]
    [InlineData("--nocore")]
    [InlineData("@")]
    [InlineData("@core\u00a0x")]
    public void What_would_end_the_section_or_is_no_package_is_refused_in_a_kickstart(string line) => Refused(PackageFile.Kickstart, line);

    [Theory]
    [InlineData("@core")]
    [InlineData("curl: x")]
    [InlineData("Vim")]
    [InlineData("-vim")]
    [InlineData("vim*")]
    [InlineData("vim^x")]
    [InlineData("a;b")]
    [InlineData("$(reboot)")]
    [InlineData("x]")]
    [InlineData("'x'")]
    public void What_apt_or_the_files_own_form_would_read_otherwise_is_refused_for_the_debian_family(string line) => Refused(PackageFile.Debian, line);

    [Theory]
    [InlineData("")]
    [InlineData("# vim\n\n")]
    public void A_file_that_names_nothing_is_refused(string text)
    {
        Assert.Contains("names no package", Assert.Throws<UserError>(() => PackageFile.Kickstart(text, "f")).Message);
        Assert.Contains("names no package", Assert.Throws<UserError>(() => PackageFile.Debian(text, "f")).Message);
    }

    private static void Refused(Func<string, string, IReadOnlyList<string>> read, string line)
    {
        var refused = Assert.Throws<UserError>(() => read($"less\n\n{line}\n", "site.list"));

        Assert.StartsWith("site.list: line 3: '", refused.Message);
        Assert.Equal(2, refused.ExitCode);
    }
}
