using System.Text.RegularExpressions;

namespace Allie.Blandify.Leaks;

/// <summary>Takes secrets out of texts that are shown: keys and passwords of network profiles, hashes, private keys.</summary>
public static partial class Masking
{
    private const string Hidden = "(hidden)";

    public static string Hide(string text) =>
        Hash().Replace(Assignment().Replace(Key().Replace(text, "$1\n" + Hidden + "\n$2"), "$1" + Hidden), Hidden);

    [GeneratedRegex(@"(-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----)[\s\S]*?(-----END [A-Z0-9 ]*PRIVATE KEY-----|\z)")]
    private static partial Regex Key();

    /// <summary>Keys of NetworkManager, wpa_supplicant, netplan, ifcfg, wireguard, ks.cfg, and what commonly is called a password.</summary>
    [GeneratedRegex(
        @"^([-+]?[ \t]*(?:[A-Za-z0-9_.-]*(?:psk|passw(?:or)?d|passphrase|secret|wep[-_]?key[0-3]?|private[-_]?key|preshared[-_]?key|presharedkey|token|apikey|api[-_]key)[A-Za-z0-9_.-]*[ \t]*[=:]|rootpw\b)[ \t]*)[^\s].*$",
        RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Assignment();

    /// <summary>crypt(5) and GRUB's.</summary>
    [GeneratedRegex(@"\$(?:1|2[abxy]?|5|6|7|y|gy|sha1|md5)\$[./A-Za-z0-9$=,+]{8,}|grub\.pbkdf2\.\S+")]
    private static partial Regex Hash();
}
