using System.Text.RegularExpressions;
using Allie.Blandify.Table;

namespace Allie.Blandify.Rules.Network;

/// <summary>ifcfg files of SUSE (ifcfg(5)).</summary>
public static partial class IfcfgSuse
{
    /// <returns>Null when the file is to go.</returns>
    public static string? Rewrite(string text, StaticNetwork policy)
    {
        var isStatic = policy != StaticNetwork.Keep && text.Split('\n').Any(l => LineEdit.KeyOf(l).StartsWith("IPADDR", StringComparison.Ordinal) && LineEdit.ValueOf(l).Length > 0);
        if (isStatic && policy == StaticNetwork.Drop)
        {
            return null;
        }

        return LineEdit.Each(text, line => LineEdit.KeyOf(line) switch
        {
            "LLADDR" or "_nm_name" or "NAME" or "UNIQUE" => null,
            "BOOTPROTO" when isStatic && LineEdit.ValueOf(line) is "static" or "none" or "" => LineEdit.WithValue(line, "'dhcp'"),
            var key when isStatic && Static().IsMatch(key) => null,
            _ => line,
        });
    }

    [GeneratedRegex("^(IPADDR|NETMASK|PREFIXLEN|BROADCAST|NETWORK|REMOTE_IPADDR|LABEL)(_[0-9a-zA-Z]+)?$")]
    private static partial Regex Static();
}
