using System.Text.RegularExpressions;

namespace Allie.Blandify.Rules.Network;

/// <summary>
/// A profile of NetworkManager (nm-settings-keyfile(5)). An ethernet profile becomes one for any card; it is never deleted, since on a server
/// that makes none by itself (no-auto-default=*) the PC would have no network. A bridge or bond keeps its names: other profiles refer to them.
/// </summary>
public static partial class NetworkManagerProfile
{
    /// <returns>Null when the profile is to go.</returns>
    public static string? Rewrite(string text, StaticNetwork policy, IReadOnlySet<string> users)
    {
        var file = new KeyFile(text);
        if (!IsEthernet(file))
        {
            return text;
        }

        if (policy == StaticNetwork.Drop && new[] { "ipv4", "ipv6" }.Any(s => file.Value(s, "method") == "manual"))
        {
            return null;
        }

        file.Drop("connection", (key, value) =>
            key is "uuid" or "timestamp" or "interface-name" || (key == "permissions" && !PermittedUsers(value).Any(users.Contains)));
        foreach (var section in new[] { "ethernet", "802-3-ethernet" })
        {
            file.Drop(section, (key, value) =>
                key is "mac-address" or "mac-address-blacklist" or "mac-address-denylist"
                || (key is "cloned-mac-address" or "assigned-mac-address" && Mac().IsMatch(value)));
        }

        foreach (var section in new[] { "ipv4", "ipv6" })
        {
            file.Drop(section, (key, value) => key is "dhcp-client-id" or "dhcp-duid" && value is not ("mac" or "perm-mac" or "duid" or "stable" or "ll" or "llt" or "lease"));
            if (policy == StaticNetwork.Dhcp && file.Value(section, "method") == "manual")
            {
                file.Drop(section, (key, _) => key is "gateway" or "dns" || key.StartsWith("address", StringComparison.Ordinal) || key.StartsWith("route", StringComparison.Ordinal));
                file.Set(section, "method", "auto");
            }
        }

        return file.Text;
    }

    /// <summary>What stays as it is and should be looked at.</summary>
    public static IEnumerable<string> Told(string text)
    {
        var file = new KeyFile(text);
        var type = file.Value("connection", "type");
        if (type is "wifi" or "802-11-wireless" or "vpn" or "wireguard")
        {
            yield return $"a profile of type {type}: its secret can be read by whoever can fetch the image";
        }
        else if (!IsEthernet(file) && type is not (null or "loopback"))
        {
            yield return $"a profile of type {type} stays as it is: look at its addresses";
        }
        else if (file.HasSection("802-1x"))
        {
            yield return "holds a login of 802.1X, which whoever can fetch the image can read";
        }
    }

    private static bool IsEthernet(KeyFile file) => file.Value("connection", "type") is "ethernet" or "802-3-ethernet";

    /// <summary>permissions=user:NAME:;user:OTHER:;</summary>
    private static IEnumerable<string> PermittedUsers(string value) =>
        value.Split(';').Select(p => p.Split(':')).Where(p => p is ["user", _, ..]).Select(p => p[1]);

    [GeneratedRegex("^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$")]
    private static partial Regex Mac();
}
