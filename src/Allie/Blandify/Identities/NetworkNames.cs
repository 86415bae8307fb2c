using System.Net;
using System.Text.RegularExpressions;
using Allie.Files;

namespace Allie.Blandify.Identities;

/// <summary>Addresses of the captured machine's network cards, and the fixed addresses that it had.</summary>
internal static partial class NetworkNames
{
    private static readonly string[] Directories =
    [
        "etc/udev/rules.d", "etc/sysconfig/network-scripts", "etc/sysconfig/network", "etc/NetworkManager/system-connections", "etc/netplan", "etc/systemd/network",
        "etc/network/interfaces.d", "etc/sysconfig/networking/devices", "etc/sysconfig/networking/profiles/default",
    ];

    private static readonly string[] Files = ["etc/network/interfaces", "etc/sysconfig/hwconf", "var/lib/NetworkManager/no-auto-default.state"];

    internal static IEnumerable<Trait> In(ITreeView tree)
    {
        // A service's own text in sysconfig/network (SUSE: config, dhcp) tells of no address; a template is nobody's.
        var texts = Files.Select(f => IdentityProbe.Text(tree, f)).Concat(Directories.SelectMany(d => Profiles(tree, ImagePath.FromRaw(d)))).OfType<string>().ToList();
        foreach (var mac in texts.SelectMany(t => Mac().Matches(t).Select(m => m.Value)))
        {
            yield return new(TraitKind.Mac, mac.ToLowerInvariant().Replace('-', ':'));
        }

        foreach (var address in texts.SelectMany(Lines).SelectMany(Own))
        {
            if (IPAddress.TryParse(address, out var parsed))
            {
                yield return new(TraitKind.Address, parsed.ToString());
            }
        }
    }

    private static IEnumerable<string> Own(string line) =>
        OwnAddress().Matches(line).SelectMany(m => Address().Matches(m.Groups[1].Value)).Concat(ListItem().Matches(line)).Select(m => m.Value.TrimStart(' ', '-', '"', '\'', '\t'));

    private static IEnumerable<string?> Profiles(ITreeView tree, ImagePath directory) =>
        tree.Names(directory).Where(n => n is not ("ifcfg-lo" or "ifcfg.template")).Select(n => IdentityProbe.Text(tree, directory.Join(n)));

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Where(l => l.TrimStart() is not ['#' or ';', ..]);

    [GeneratedRegex("(?<![0-9a-fA-F:-])(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}(?![0-9a-fA-F:-])")]
    private static partial Regex Mac();

    /// <summary>A key that gives this machine an address: ifcfg, keyfiles of NetworkManager, networkd, interfaces(5), netplan. Not those of a gateway or a DNS server.</summary>
    [GeneratedRegex(@"^\s*(?:IPADDR[0-9_]*|IPV6ADDR|address[0-9]*|Address|addresses)\s*[=:\s]\s*(.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex OwnAddress();

    /// <summary>netplan's lists; a DNS server has no prefix length there.</summary>
    [GeneratedRegex(@"^\s*-\s*[""']?(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?=/[0-9])")]
    private static partial Regex ListItem();

    /// <summary>Only such as have a prefix length or stand first: "address1=10.0.0.7/24,10.0.0.1" names the gateway second.</summary>
    [GeneratedRegex(@"(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?=/[0-9])|(?<=^[\[""'\s]*)(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9.])|[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{0,4}){2,7}(?=/[0-9])")]
    private static partial Regex Address();
}
