using Allie.Personalise;
using Allie.Personalise.Network;
using Allie.Tests.Blandify;
using Xunit;

namespace Allie.Tests.Personalise;

public sealed class NetworkTests
{
    private static readonly Dictionary<string, (string Path, string Text)> Installed = new()
    {
        ["NetworkManager"] = ("usr/sbin/NetworkManager", ""),
        ["netplan"] = ("usr/sbin/netplan", ""),
        ["ifupdown"] = ("usr/sbin/ifup", ""),
        ["networkd"] = ("usr/lib/systemd/systemd-networkd", ""),
        ["ifcfg"] = ("etc/sysconfig/network-scripts/ifup-eth", ""),
        ["wicked"] = ("usr/sbin/wicked", ""),
    };

    // eth0 with 10.0.0.7/24 by 10.0.0.1, name server 10.0.0.2, in the words of each
    private static readonly Dictionary<string, (string Path, string Text)> Static = new()
    {
        ["NetworkManager"] = ("etc/NetworkManager/system-connections/lan.nmconnection",
            "[connection]\nid=lan\ntype=ethernet\ninterface-name=eth0\n[ipv4]\nmethod=manual\naddress1=10.0.0.7/24,10.0.0.1\ndns=10.0.0.2;\n[ipv6]\nmethod=auto\n"),
        ["netplan"] = ("etc/netplan/01-lan.yaml", """
            # by hand
            network:
              version: 2
              ethernets:
                eth0:
                  addresses: [10.0.0.7/24]
                  routes:
                  - to: default
                    via: 10.0.0.1
                  nameservers:
                    addresses:
                      - "10.0.0.2"

            """),
        ["ifupdown"] = ("etc/network/interfaces", "auto lo eth0\niface lo inet loopback\niface eth0 inet static\n\taddress 10.0.0.7\n\tnetmask 255.255.255.0\n\tgateway 10.0.0.1\n\tdns-nameservers 10.0.0.2\n"),
        ["networkd"] = ("etc/systemd/network/lan.network", "[Match]\nName=eth0\n[Network]\nAddress=10.0.0.7/24\nDNS=10.0.0.2\n[Route]\nGateway=10.0.0.1\n"),
        ["ifcfg"] = ("etc/sysconfig/network-scripts/ifcfg-eth0", "DEVICE=\"eth0\"\nBOOTPROTO=none\nIPADDR=10.0.0.7\nNETMASK=255.255.255.0\nGATEWAY=10.0.0.1\nDNS1=10.0.0.2\nONBOOT=yes\n"),
        ["wicked"] = ("etc/sysconfig/network/ifcfg-eth0", "BOOTPROTO='static'\nIPADDR='10.0.0.7/24'\nSTARTMODE='auto'\n"),
    };

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var from in Static.Keys)
        {
            foreach (var to in Static.Keys)
            {
                pairs.Add(from, to);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_fixed_address_reaches_every_back_end_as_it_is_or_translated_and_told_of(string from, string to)
    {
        var facts = Pc.Facts(Old(from), Image(to));
        var plan = Pc.Plan(facts);
        var tree = Pc.Done(facts);

        var profile = Assert.Single(BackEnd(to).Read(tree));
        Assert.Equal("10.0.0.7/24", Assert.Single(profile.Addresses));
        Assert.Equal(("eth0", false), (profile.Interface, profile.Dhcp4));
        Assert.Equal("10.0.0.1", Assert.Single(profile.Gateways));
        if (from != "wicked" && to != "wicked") // its name servers are in another file
        {
            Assert.Equal("10.0.0.2", Assert.Single(profile.Dns));
        }

        Assert.Equal(from != to, plan.Notes.Any(n => n.EndsWith("eth0 with 10.0.0.7/24", StringComparison.Ordinal)));
        if (from == to)
        {
            Assert.Equal(Static[from].Text, tree.Text(Static[from].Path));
        }
    }

    [Theory]
    [InlineData("netplan")]
    [InlineData("networkd")]
    [InlineData("ifupdown")]
    [InlineData("ifcfg")]
    [InlineData("wicked")]
    public void A_pc_without_any_profile_asks_dhcp(string to)
    {
        var facts = Pc.Facts(new(("etc/hostname", "pc07\n")), Image(to));

        Assert.Contains(Pc.Plan(facts).Notes, n => n.Contains("asks DHCP", StringComparison.Ordinal));
        Assert.True(Assert.Single(BackEnd(to).Read(Pc.Done(facts))).Dhcp4);
    }

    [Fact]
    public void NetworkManager_asks_dhcp_by_itself()
    {
        Assert.Empty(Pc.Steps(Pc.Facts(new(("etc/hostname", "pc07\n")), Image("NetworkManager")), "network"));
    }

    [Fact]
    public void What_an_image_has_for_any_card_is_left_to_a_pc_without_a_profile()
    {
        Assert.Empty(Pc.Steps(Pc.Facts(new(("etc/hostname", "pc07\n")), Image("networkd", ("etc/systemd/network/80-wired.network", "[Match]\nName=e*\n[Network]\nDHCP=yes\n"))), "network"));
    }

    [Theory]
    [InlineData("NetworkManager", "etc/NetworkManager/system-connections/any.nmconnection", "[connection]\ntype=ethernet\n[ipv4]\nmethod=auto\n")]
    [InlineData("netplan", "etc/netplan/90-allie.yaml", "network:\n  version: 2\n  ethernets:\n    wired:\n      match: {name: \"e*\"}\n      dhcp4: true\n")]
    [InlineData("networkd", "etc/systemd/network/00-wired.network", "[Match]\nType=ether\n[Network]\nDHCP=yes\n")]
    public void The_images_profile_for_any_card_goes_where_the_pc_has_its_own(string to, string path, string text)
    {
        foreach (var from in new[] { to, "ifupdown" })
        {
            var tree = Pc.Done(Pc.Facts(Old(from), Image(to, (path, text))));

            Assert.Null(tree.Text(path));
            Assert.Equal("10.0.0.7/24", Assert.Single(Assert.Single(BackEnd(to).Read(tree)).Addresses));
        }
    }

    [Fact]
    public void A_profile_of_the_image_for_another_device_stays()
    {
        const string Bridge = "etc/systemd/network/50-virbr.network", Other = "etc/systemd/network/50-ib.network";
        var tree = Pc.Done(Pc.Facts(Old("networkd"), Image("networkd", (Bridge, "[Match]\nName=e*\n[Network]\nBridge=br0\n"), (Other, "[Match]\nName=ib0\n[Network]\nDHCP=yes\n"))));

        Assert.NotNull(tree.Text(Bridge));
        Assert.NotNull(tree.Text(Other));
    }

    [Theory]
    [InlineData("etc/NetworkManager/system-connections/wifi", "[connection]\ntype=wifi\n[wifi-security]\npsk=secret\n", "it is a wifi profile")]
    [InlineData("etc/NetworkManager/system-connections/lan", "[connection]\ntype=ethernet\n[802-1x]\npassword=secret\n", "it logs in with 802.1X")]
    [InlineData("etc/network/interfaces", "iface br0 inet static\n address 10.0.0.7/24\n bridge_ports eth0\n", "it has bridge_ports")]
    [InlineData("etc/systemd/network/a.network", "[Match]\nName=eth0\n[Network]\nBond=bond0\n", "it is part of a bond, bridge or VLAN")]
    [InlineData("etc/sysconfig/network-scripts/ifcfg-bond0", "DEVICE=bond0\nTYPE=Bond\nBOOTPROTO=dhcp\n", "its type is bond")]
    [InlineData("etc/netplan/a.yaml", "network:\n  bonds:\n    bond0:\n      interfaces: [a, b]\n", "it has bonds")]
    public void What_no_other_back_end_can_say_is_reported_without_its_secrets(string path, string text, string why)
    {
        var to = path.Contains("netplan", StringComparison.Ordinal) ? "ifupdown" : "netplan";

        var plan = Pc.Plan(Pc.Facts(new((path, text)), Image(to)));

        Assert.Contains(plan.Notes, n => n.Contains($"/{path} is not translated", StringComparison.Ordinal) && n.EndsWith(why, StringComparison.Ordinal));
        Assert.Contains(plan.Notes, n => n.Contains("asks DHCP", StringComparison.Ordinal));
        Assert.DoesNotContain(plan.Notes, n => n.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void A_card_that_is_known_is_bound_by_its_address_as_the_image_may_call_it_otherwise()
    {
        var facts = Pc.Facts(Old("ifupdown"), Image("networkd")) with { Cards = [new("eth0", "52:54:00:00:00:01")] };

        Assert.Equal("52:54:00:00:00:01", Assert.Single(BackEnd("networkd").Read(Pc.Done(facts))).Mac);
    }

    [Fact]
    public void Name_servers_come_from_resolv_conf_where_only_that_has_them()
    {
        var old = new MemoryTree(("etc/network/interfaces", "iface eth0 inet static\n address 10.0.0.7/24\n"), ("etc/resolv.conf", "# by hand\nsearch lab.example\nnameserver 10.0.0.3\nnameserver 10.0.0.4\n"));

        var profile = Assert.Single(BackEnd("NetworkManager").Read(Pc.Done(Pc.Facts(old, Image("NetworkManager")))));

        Assert.Equal(["10.0.0.3", "10.0.0.4"], profile.Dns);
        Assert.Equal(["lab.example"], profile.Search);
    }

    [Theory]
    [InlineData("", "nameserver 10.0.0.3\n")]
    [InlineData("nameserver 10.0.0.9\n", "nameserver 10.0.0.9\n")]
    public void With_ifupdown_the_pcs_own_resolv_conf_fills_an_empty_one(string image, string after)
    {
        var old = new MemoryTree(Installed["ifupdown"], Static["ifupdown"], ("etc/resolv.conf", "nameserver 10.0.0.3\n"));

        Assert.Equal(after, Pc.Done(Pc.Facts(old, Image("ifupdown", ("etc/resolv.conf", image)))).Text("etc/resolv.conf"));
    }

    [Theory]
    [InlineData("wicked", "etc/sysconfig/network/ifroute-eth0")]
    [InlineData("ifcfg", "etc/sysconfig/network-scripts/route-eth0")]
    [InlineData("networkd", "etc/systemd/network/lan.network.d/mtu.conf")]
    public void What_goes_with_a_profile_is_copied_with_it(string backEnd, string path)
    {
        var old = new MemoryTree(Installed[backEnd], Static[backEnd], (path, "more"));

        Assert.Equal("more", Pc.Done(Pc.Facts(old, Image(backEnd))).Text(path));
    }

    [Fact]
    public void Wi_fi_keys_of_wpa_supplicant_are_carried_private()
    {
        var step = Assert.Single(Pc.Steps(Pc.Facts(new(("etc/wpa_supplicant/wpa_supplicant.conf", "psk")), Image("ifupdown", ("usr/sbin/wpa_supplicant", ""), ("etc/network/interfaces", "iface eth0 inet dhcp\n"))), "network"));

        Assert.Equal((PersonalAction.Copy, "/etc/wpa_supplicant/wpa_supplicant.conf", 0x180), (step.Kind, step.Target, step.Permissions));
    }

    [Fact]
    public void Addresses_of_old_NetworkManager_are_read_too()
    {
        var old = new MemoryTree(("etc/NetworkManager/system-connections/lan", "[connection]\ntype=802-3-ethernet\n[802-3-ethernet]\nmac-address=52:54:00:00:00:01\n[ipv4]\nmethod=manual\naddresses1=10.0.0.7;16;10.0.0.1;\n"));

        var profile = Assert.Single(BackEnd("networkd").Read(Pc.Done(Pc.Facts(old, Image("networkd")))));

        Assert.Equal(("52:54:00:00:00:01", "10.0.0.7/16", "10.0.0.1"), (profile.Mac, profile.Addresses[0], profile.Gateways[0]));
    }

    [Theory]
    [InlineData("255.255.255.0", 24)]
    [InlineData("255.255.240.0", 20)]
    [InlineData("0.0.0.0", 0)]
    [InlineData("16", 16)]
    [InlineData("255.0.255.0", null)]
    [InlineData("what", null)]
    public void Masks_are_read_in_both_forms(string mask, int? prefix) => Assert.Equal(prefix, NetworkProfile.PrefixOf(mask));

    private static MemoryTree Old(string backEnd) => new([.. backEnd == "wicked" ? new[] { ("etc/sysconfig/network/routes", "default 10.0.0.1 - -\n") } : [], Installed[backEnd], Static[backEnd]]);

    private static MemoryTree Image(string backEnd, params (string, string)[] more) => new(
    [
        Pc.Systemd, Installed[backEnd], ("etc/network/if-up.d/x", ""), ("etc/sysconfig/network-scripts/x", ""), ("etc/sysconfig/network/x", ""),
        .. backEnd == "wicked" ? new[] { ("etc/sysconfig/network/routes", "default 10.0.0.1 - -\n") } : [], .. more,
    ]);

    private static INetworkBackEnd BackEnd(string name) => name switch
    {
        "NetworkManager" => new NetworkManager(),
        "netplan" => new Netplan(),
        "ifupdown" => new Ifupdown(),
        "networkd" => new Networkd(),
        _ => new Ifcfg(suse: name == "wicked"),
    };
}
