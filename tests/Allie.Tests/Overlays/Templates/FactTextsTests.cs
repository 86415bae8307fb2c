using Allie.Overlays.Templates;
using Xunit;

namespace Allie.Tests.Overlays.Templates;

public class FactTextsTests
{
    [Theory]
    [InlineData("pc1.example.org", "", "", "pc1.example.org")]
    [InlineData("pc1", "127.0.1.1 pc1.lab.example pc1\n", "search other.example", "pc1.lab.example")]
    [InlineData("pc1", "127.0.0.1 localhost # pc1.no\n", "nameserver 10.0.0.1\nsearch lab.example. x.example\n", "pc1.lab.example")]
    [InlineData("pc1", "127.0.1.1 pc1", "", "")]
    public void The_full_name_is_found_without_a_name_server(string name, string hosts, string resolv, string full) =>
        Assert.Equal(full, FactTexts.Fqdn(name, hosts, resolv));

    [Fact]
    public void Os_release_is_read_with_and_without_quotes()
    {
        const string Text = "PRETTY_NAME=\"Debian GNU/Linux 12\"\nVERSION_ID=\"12\"\nID=debian\n";

        Assert.Equal(("debian", "12", ""), (FactTexts.OsRelease(Text, "ID"), FactTexts.OsRelease(Text, "VERSION_ID"), FactTexts.OsRelease(Text, "VARIANT")));
    }

    [Fact]
    public void Only_lasting_global_addresses_count()
    {
        const string Table = """
            00000000000000000000000000000001 01 80 10 80       lo
            fe80000000000000000000000000a001 02 40 20 80     eth0
            20010db8000000000000000000000007 02 40 00 80     eth0
            20010db80000000000000000deadbeef 02 40 00 01     eth0

            """;

        Assert.Equal(["2001:db8::7"], FactTexts.Inet6(Table));
    }
}
