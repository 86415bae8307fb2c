using Allie.Installers.Bootstrap;
using Allie.Tests.Blandify;
using Xunit;

namespace Allie.Tests.Installers.Bootstrap;

public class NetworkStartTests
{
    private static readonly (string, string)[] Debian =
    [
        ("usr/lib/systemd/systemd-networkd", ""), ("usr/lib/systemd/system/systemd-networkd.service", ""), ("usr/lib/systemd/system/systemd-networkd.socket", ""),
        ("usr/lib/systemd/system/systemd-networkd-wait-online.service", ""),
    ];

    [Fact]
    public void A_tree_that_nothing_would_connect_asks_dhcp_by_networkd()
    {
        var start = NetworkStart.For(new MemoryTree(Debian))!;

        Assert.Contains(start.Links, l => l.Path.ToString() == "/etc/systemd/system/multi-user.target.wants/systemd-networkd.service" && l.Target == "/usr/lib/systemd/system/systemd-networkd.service");
        Assert.Contains(start.Files, f => f.Path.ToString().EndsWith(".network", StringComparison.Ordinal) && f.Text.Contains("Name=e*\n") && f.Text.Contains("DHCP=yes\n"));
        Assert.Contains(start.Files, f => f.Text.EndsWith("ExecStart=/usr/lib/systemd/systemd-networkd-wait-online --any\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_units_that_are_there_are_switched_on() =>
        Assert.All(NetworkStart.For(new MemoryTree(Debian[..2]))!.Links, l => Assert.EndsWith("systemd-networkd.service", l.Target));

    [Theory]
    [InlineData("usr/sbin/NetworkManager")]
    [InlineData("usr/sbin/netplan")]
    [InlineData("usr/sbin/dhcpcd")]
    public void Another_program_that_does_it_is_not_interfered_with(string program) =>
        Assert.Null(NetworkStart.For(new MemoryTree([.. Debian, (program, "")])));

    [Theory]
    [InlineData("etc/systemd/system/multi-user.target.wants/systemd-networkd.service", "-> /usr/lib/systemd/system/systemd-networkd.service")]
    [InlineData("etc/systemd/system/systemd-networkd.service", "-> /dev/null")]
    public void What_is_on_or_masked_stays_so(string unit, string link) => Assert.Null(NetworkStart.For(new MemoryTree([.. Debian, (unit, link)])));

    [Fact]
    public void A_tree_without_networkd_gets_nothing() => Assert.Null(NetworkStart.For(new MemoryTree(("usr/sbin/init", ""))));
}
