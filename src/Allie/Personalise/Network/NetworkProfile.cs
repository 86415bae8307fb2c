namespace Allie.Personalise.Network;

/// <summary>What one wired interface does, as far as every back end can say it: DHCP, or fixed addresses.</summary>
public sealed record NetworkProfile
{
    /// <summary>Where it was read, for reports: "/etc/network/interfaces".</summary>
    public required string Origin { get; init; }

    /// <summary>Name or pattern; empty for any.</summary>
    public string Interface { get; init; } = "";

    /// <summary>Lower case, with colons; empty when it is not bound to a card.</summary>
    public string Mac { get; init; } = "";

    public bool Dhcp4 { get; init; }

    /// <summary>"10.0.0.7/24", "2001:db8::7/64".</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Of the default routes, one for IPv4, one for IPv6.</summary>
    public IReadOnlyList<string> Gateways { get; init; } = [];

    public IReadOnlyList<string> Dns { get; init; } = [];

    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>Why it cannot be said in another back end's words; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Bound to no card: it fits any wired one.</summary>
    public bool IsForAny => Mac.Length == 0 && (Interface.Length == 0 || Interface.Contains('*'));

    /// <summary>For file names: "eth0", "wired".</summary>
    public string ShortName => Interface.Length > 0 && Interface.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? Interface
        : Mac.Length > 0 ? Mac.Replace(":", "") : "wired";

    public string Summary => Dhcp4 && Addresses.Count == 0 ? "DHCP" : string.Join(", ", Addresses) + (Dhcp4 ? " and DHCP" : "");

    public static bool IsV6(string address) => address.Contains(':');

    /// <summary>"255.255.255.0" or "24" to 24; null when it is neither.</summary>
    public static int? PrefixOf(string mask)
    {
        if (int.TryParse(mask, out var prefix) && prefix is >= 0 and <= 128)
        {
            return prefix;
        }

        var parts = mask.Split('.');
        if (parts.Length != 4 || !parts.All(p => byte.TryParse(p, out _)))
        {
            return null;
        }

        var bits = parts.Aggregate(0u, (sum, p) => (sum << 8) | byte.Parse(p));
        var ones = System.Numerics.BitOperations.PopCount(bits);
        return bits == (ones == 0 ? 0 : uint.MaxValue << (32 - ones)) ? ones : null;
    }

    /// <summary>Address and mask as "10.0.0.7/24"; an address that has its prefix keeps it.</summary>
    public static string WithPrefix(string address, string? mask) =>
        address.Contains('/') ? address : $"{address}/{(mask is null ? null : PrefixOf(mask)) ?? (IsV6(address) ? 64 : 24)}";
}
