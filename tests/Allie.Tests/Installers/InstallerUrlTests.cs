using Allie.Errors;
using Allie.Installers;
using Xunit;

namespace Allie.Tests.Installers;

public class InstallerUrlTests
{
    [Theory]
    [InlineData("http://h/os/", "url --url=http://h/os/")]
    [InlineData("https://h:8443/$releasever/$basearch/os/", "url --url=https://h:8443/$releasever/$basearch/os/")]
    [InlineData("ftp://[fd00::1]/os", "url --url=ftp://[fd00::1]/os")]
    [InlineData("file:///run/install/repo", "url --url=file:///run/install/repo")]
    [InlineData("nfs:h:/srv/f42", "nfs --server=h --dir=/srv/f42")]
    [InlineData("nfs:vers=4,ro:h:/srv/f42", "nfs --server=h --dir=/srv/f42 --opts=vers=4,ro")]
    public void An_installation_tree_becomes_the_directive_that_takes_it(string url, string line) => Assert.Equal(line, InstallerUrl.Tree(url));

    [Theory]
    [InlineData("http://h/f.ks")]
    [InlineData("ftp://h/f.ks")]
    [InlineData("nfs:h:/f.ks")]
    [InlineData("hd:LABEL=STICK:/f.ks")]
    [InlineData("hd:LABEL=A\\x20B:/f.ks")]
    [InlineData("hd:sda1:/ks/f.ks")]
    [InlineData("cdrom:/f.ks")]
    public void A_kickstart_file_may_lie_where_the_installer_looks(string url) => Assert.Equal(url, InstallerUrl.KickstartFile(url));

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("http://")]
    [InlineData("http:/h/os")]
    [InlineData("h/os")]
    [InlineData("/srv/os")]
    [InlineData("gopher://h/os")]
    [InlineData("http://h/a b")]
    [InlineData("http://h/os\nzerombr")]
    [InlineData("http://h/os#x")]
    [InlineData("http://h/\"os")]
    [InlineData("ftp://user:word@h/os")]
    [InlineData("nfs:h")]
    [InlineData("hd:")]
    public void Anything_else_is_refused_with_what_is_taken(string url)
    {
        Assert.Contains("nfs:HOST:/DIR", Assert.Throws<UserError>(() => InstallerUrl.Tree(url)).Hint);
        Assert.Contains("hd:LABEL=", Assert.Throws<UserError>(() => InstallerUrl.KickstartFile(url)).Hint);
        Assert.Equal(2, Assert.Throws<UserError>(() => InstallerUrl.Http(url, "preseed")).ExitCode);
    }
}
