using System.Text.RegularExpressions;
using Allie.Blandify.Table;

namespace Allie.Blandify.Rules.Network;

/// <summary>ifcfg files of Red Hat's family, EL5 to EL9.</summary>
public static partial class IfcfgRedHat
{
    private static readonly HashSet<string> OfOnePc =
        new(StringComparer.Ordinal) { "HWADDR", "MACADDR", "UUID", "HOSTNAME", "DHCP_HOSTNAME", "DHCP_CLIENT_ID", "DHCPV6_DUID" };

    /// <returns>Null when the file is to go.</returns>
    /// <param name="text">The file.</param>
    /// <param name="policy">For fixed addresses.</param>
    /// <param name="hasNetworkManager">It takes a profile without a device for any card; the old scripts need DEVICE.</param>
    public static string? Rewrite(string text, StaticNetwork policy, bool hasNetworkManager)
    {
        var isStatic = policy != StaticNetwork.Keep && text.Split('\n').Any(l => Address().IsMatch(LineEdit.KeyOf(l)));
        if (isStatic && policy == StaticNetwork.Drop)
        {
            return null;
        }

        var hasProtocol = text.Split('\n').Any(l => LineEdit.HasKey(l, "BOOTPROTO"));
        return LineEdit.Each(text, line =>
        {
            var key = LineEdit.KeyOf(line);
            if (OfOnePc.Contains(key) || (hasNetworkManager && key == "DEVICE" && Predictable().IsMatch(LineEdit.ValueOf(line))))
            {
                return null;
            }

            if (!isStatic)
            {
                return line;
            }

            if (key == "BOOTPROTO")
            {
                return LineEdit.WithValue(line, "dhcp");
            }

            if (Address().IsMatch(key) && !hasProtocol)
            {
                hasProtocol = true;
                return "BOOTPROTO=dhcp" + (line.EndsWith('\r') ? "\r" : "");
            }

            return Static().IsMatch(key) ? null : line;
        });
    }

    [GeneratedRegex("^IPADDR(_?START|[0-9]*)$")]
    private static partial Regex Address();

    [GeneratedRegex("^(IPADDR|PREFIX|NETMASK|GATEWAY|BROADCAST|NETWORK|DNS|IPV6ADDR|IPV6ADDR_SECONDARIES|IPV6_DEFAULTGW)[0-9]*$")]
    private static partial Regex Static();

    /// <summary>Names by place of the card: enp3s0, em1, p2p1.</summary>
    [GeneratedRegex("^(en[opsx][0-9a-z]+|em[0-9]+|p[0-9]+p[0-9]+)$")]
    internal static partial Regex Predictable();
}
