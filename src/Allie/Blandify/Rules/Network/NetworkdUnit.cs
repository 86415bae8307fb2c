using System.Text.RegularExpressions;

namespace Allie.Blandify.Rules.Network;

/// <summary>systemd.network(5) and systemd.netdev(5): addresses of one PC's cards, ids of its DHCP, fixed addresses.</summary>
public static partial class NetworkdUnit
{
    /// <returns>Null when the file is to go.</returns>
    public static string? Rewrite(string text, StaticNetwork policy)
    {
        var file = new KeyFile(text);
        var isFixed = IsStatic(file) && !IsServer(file);
        if (isFixed && policy == StaticNetwork.Drop)
        {
            return null;
        }

        if (OtherMatch(file))
        {
            file.Drop("Match", (key, _) => IsAddress(key));
        }

        file.Drop("Link", (key, value) => key == "MACAddress" && Mac().IsMatch(value));
        file.Drop("NetDev", (key, value) => key == "MACAddress" && Mac().IsMatch(value));
        file.Drop(null, (key, value) => key is "DUIDRawData" or "IAID" || (key == "ClientIdentifier" && value is not ("mac" or "duid" or "duid-only")));
        if (isFixed && policy == StaticNetwork.Dhcp)
        {
            file.Drop("Network", (key, _) => key is "Address" or "Gateway" or "DNS");
            file.DropSections("Address", "Route");
            file.Set("Network", "DHCP", "yes");
        }

        return file.Text;
    }

    public static IEnumerable<string> Told(string text)
    {
        var file = new KeyFile(text);
        if (file.Keys("Match").Any(IsAddress) && !OtherMatch(file))
        {
            yield return "is for one PC's card alone: without its address it would be for every card";
        }

        if (IsStatic(file) && IsServer(file))
        {
            yield return "has a fixed address and serves others: left as it is";
        }
    }

    private static bool OtherMatch(KeyFile file) => file.Keys("Match").Any(k => !IsAddress(k));

    private static bool IsAddress(string key) => key is "MACAddress" or "PermanentMACAddress";

    private static bool IsStatic(KeyFile file) => file.Keys("Network").Contains("Address") || file.HasSection("Address");

    private static bool IsServer(KeyFile file) => file.Keys("Network").Any(k => k is "DHCPServer" or "IPMasquerade" or "Bridge");

    [GeneratedRegex("^[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}$")]
    private static partial Regex Mac();
}
