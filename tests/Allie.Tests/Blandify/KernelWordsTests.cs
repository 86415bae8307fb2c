using Allie.Blandify.Rules.Boot;
using CsCheck;
using Xunit;

namespace Allie.Tests.Blandify;

public class KernelWordsTests
{
    [Theory]
    [InlineData("root=/dev/nfs nfsroot=s:/x ip=dhcp", "root=/dev/nfs nfsroot=s:/x")]
    [InlineData("root=live:http://s/x quiet", "root=live:http://s/x quiet")]
    [InlineData("root=$root ro", "root=$root ro")]
    [InlineData("root=\"UUID=x\" ro", "root=LABEL=f42 ro")]
    [InlineData("rd.luks=0 rd.md=0 rd_NO_MD noresume", "rd.luks=0 rd.md=0 rd_NO_MD noresume")]
    [InlineData("text inst.ks=x quiet", "quiet")]
    [InlineData("text quiet", "text quiet")]
    [InlineData("a=\"b c\"  d", "a=\"b c\"  d")]
    [InlineData("boot=UUID=x fips=1", "fips=1")]
    [InlineData("boot=casper", "boot=casper")]
    [InlineData("rootflags=subvol=@ quiet", "quiet")]
    [InlineData("console=tty0 crashkernel=auto nomodeset selinux=0", "console=tty0 crashkernel=auto nomodeset selinux=0")]
    public void A_line_keeps_what_is_not_one_PCs_own(string before, string after) => Assert.Equal(after, KernelWords.Rewrite(before, new("f42", null)));

    [Fact]
    public void A_boot_partition_of_its_own_keeps_its_word() => Assert.Equal("boot=LABEL=b root=LABEL=f42", KernelWords.Rewrite("boot=UUID=x root=UUID=y", new("f42", "b")));

    [Fact]
    public void Twice_is_once() =>
        Gen.OneOf(
            Gen.OneOf("root=UUID=x", "root=/dev/sda1", "rootflags=subvol=a,discard", "resume=x", "quiet", "a=\"b c", "\"", "text", "ks=x", "boot=/dev/sda1", "ip=", "initrd=x"),
            Gen.String[0, 6]).Array[0, 10].Sample(words =>
        {
            var once = KernelWords.Rewrite(string.Join(' ', words), new("f42", null));
            Assert.Equal(once, KernelWords.Rewrite(once, new("f42", null)));
        });
}
