using System.Text.RegularExpressions;
using Allie.Blandify.Table;

namespace Allie.Blandify.Rules.Network;

/// <summary>
/// interfaces(5) of Debian. A card named by its place becomes "wired", brought up for whatever card begins with "e" where ifupdown knows
/// such patterns (0.8, Debian 9 and later); fixed addresses become DHCP.
/// </summary>
public static partial class Interfaces
{
    private static readonly HashSet<string> StaticOptions = new(StringComparer.Ordinal)
    {
        "address", "netmask", "network", "broadcast", "gateway", "dns-nameservers", "dns-nameserver", "dns-search", "dns-domain", "pointopoint",
    };

    public static string Rewrite(string text, StaticNetwork policy, bool knowsPatterns)
    {
        var wired = knowsPatterns ? Wired(text, policy) : [];
        var kept = wired.FirstOrDefault();
        var gone = Gone(text, policy);
        var (stanza, converted, dropped) = ("", false, false);
        return LineEdit.Each(text, line =>
        {
            var words = line.Trim().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
            {
                return line;
            }

            switch (words[0])
            {
                case "auto" or "allow-hotplug" or "allow-auto":
                    dropped = false;
                    return Raised(line, words, [.. wired, .. gone], kept);
                case "iface" when words.Length >= 4:
                    stanza = words[1];
                    converted = policy == StaticNetwork.Dhcp && words[3] == "static" && stanza != "lo";
                    dropped = (wired.Contains(stanza) && stanza != kept) || IsDropped(words, policy);
                    var method = converted ? words[2] == "inet6" ? "auto" : "dhcp" : words[3];
                    return dropped ? null
                        : converted || stanza == kept ? string.Join(' ', ["iface", stanza == kept ? "wired" : stanza, words[2], method, .. words[4..]])
                        : line;
                case "mapping" or "source" or "source-directory" or "no-auto-down" or "no-scripts":
                    dropped = false;
                    (stanza, converted) = ("", false);
                    return line;
                default:
                    return dropped || words[0] == "hwaddress" || (converted && StaticOptions.Contains(words[0])) ? null : line;
            }
        });
    }

    /// <summary>Cards named by their place that will ask by DHCP and have no other options: the first stands for any card.</summary>
    private static List<string> Wired(string text, StaticNetwork policy) =>
        [.. text.Split('\n').Select(l => l.Trim().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(w => w is ["iface", _, "inet", _, ..] && IfcfgRedHat.Predictable().IsMatch(w[1]) && (w[3] == "dhcp" || (w[3] == "static" && policy == StaticNetwork.Dhcp)))
            .Select(w => w[1]).Distinct()];

    private static bool IsDropped(string[] words, StaticNetwork policy) => policy == StaticNetwork.Drop && words[3] == "static" && words[1] != "lo";

    /// <summary>Cards of which no stanza stays.</summary>
    private static List<string> Gone(string text, StaticNetwork policy) =>
        [.. text.Split('\n').Select(l => l.Trim().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Where(w => w is ["iface", _, _, _, ..])
            .GroupBy(w => w[1]).Where(g => g.All(w => IsDropped(w, policy))).Select(g => g.Key)];

    /// <summary>A line that brings cards up: the pattern for the card that was made "wired", nothing for the others.</summary>
    private static string? Raised(string line, string[] words, List<string> wired, string? kept)
    {
        var names = words[1..].Where(n => !wired.Contains(n)).ToList();
        if (names.Count == words.Length - 1)
        {
            return line;
        }

        var rest = names.Count == 0 ? null : $"{words[0]} {string.Join(' ', names)}";
        return !words.Contains(kept) ? rest : rest is null ? "auto /e*=wired" : rest + "\nauto /e*=wired";
    }

    /// <summary>From dpkg's status file.</summary>
    public static bool KnowsPatterns(string dpkgStatus) =>
        Version().Match(dpkgStatus) is { Success: true } found
        && (int.Parse(found.Groups[1].ValueSpan), int.Parse(found.Groups[2].ValueSpan)).CompareTo((0, 8)) >= 0;

    [GeneratedRegex(@"^Package: ifupdown\n(?:[^\n]+\n)*?Version: (?:[0-9]+:)?([0-9]{1,6})\.([0-9]{1,6})", RegexOptions.Multiline)]
    private static partial Regex Version();
}
