using System.Text;
using Allie.Blandify;
using Allie.Files;
using Allie.Personalise.Items;

namespace Allie.Personalise.Network;

/// <summary>ifcfg-* of Red Hat's network scripts and of SUSE's wicked: the same idea with other words.</summary>
internal sealed class Ifcfg(bool suse) : INetworkBackEnd
{
    private const string Prefix = "ifcfg-";
    private static readonly string[] Companions = ["route-", "route6-", "rule-", "rule6-", "keys-"];

    private readonly ImagePath _directory = ImagePath.Of(suse ? "etc/sysconfig/network" : "etc/sysconfig/network-scripts");

    public string Name => suse ? "wicked" : "network-scripts";

    public bool IsIn(ITreeView tree) => tree.Find(_directory) is { IsDirectory: true } && (suse
        ? TreeLook.HasAny(tree, "usr/sbin/wicked", "sbin/wicked", "etc/sysconfig/network/scripts")
        : TreeLook.HasAny(tree, "etc/sysconfig/network-scripts/ifup-eth") || HasPlugin(tree));

    public bool IsActive(ITreeView tree) => IsIn(tree);

    public IReadOnlyList<ImagePath> Files(ITreeView tree) => TreeLook.RegularIn(
        tree, _directory, n => n.StartsWith(Prefix, StringComparison.Ordinal) && n is not (Prefix + "lo" or Prefix + "template") && !n.EndsWith(".bak", StringComparison.Ordinal) && !n.EndsWith('~'));

    public IEnumerable<ImagePath> Beside(ITreeView tree) => TreeLook.RegularIn(
        tree, _directory, n => n.EndsWith('~') ? false : suse ? n == "routes" || n.StartsWith("ifroute-", StringComparison.Ordinal) : Companions.Any(c => n.StartsWith(c, StringComparison.Ordinal)));

    public IEnumerable<NetworkProfile> Read(ITreeView tree) => Files(tree).Select(f => Read(f, tree.Text(f)!, tree.Text(_directory.Join("routes"))));

    public IEnumerable<(ImagePath Path, string Text, int Permissions)> Write(IReadOnlyList<NetworkProfile> profiles)
    {
        foreach (var p in profiles)
        {
            var name = p.Interface.Length > 0 && !p.Interface.Contains('*') ? p.Interface : "eth0";
            yield return (_directory.Join(Prefix + name), Text(p, name), 0x1A4);
            if (suse && p.Gateways.Count > 0)
            {
                yield return (_directory.Join("ifroute-" + name), string.Concat(p.Gateways.Select(g => $"default {g} - {name}\n")), 0x1A4);
            }
        }
    }

    /// <summary>NetworkManager reads ifcfg files where it has the plugin for them (until Fedora 38, EL 9).</summary>
    private static bool HasPlugin(ITreeView tree) => new[] { "usr/lib64/NetworkManager", "usr/lib/NetworkManager" }.Select(ImagePath.Of)
        .Any(d => tree.Names(d).Append("").Any(n => tree.Find((n.Length > 0 ? d.Join(n) : d).Join("libnm-settings-plugin-ifcfg-rh.so")) is not null));

    private NetworkProfile Read(ImagePath file, string text, string? routes)
    {
        string Get(string key) => KeyLines.Get(text, key) ?? "";
        var keys = Enumerable.Range(-1, 10).Select(i => i < 0 ? "" : i.ToString()).ToList();
        var addresses = keys.Where(k => Get("IPADDR" + k).Length > 0)
            .Select(k => NetworkProfile.WithPrefix(Get("IPADDR" + k), new[] { Get("PREFIX" + k), Get("PREFIXLEN" + k), Get("NETMASK" + k) }.FirstOrDefault(m => m.Length > 0)));
        var type = Get("TYPE").ToLowerInvariant();
        var gateway = routes?.Split('\n').Select(l => l.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).FirstOrDefault(f => f.Length > 1 && f[0] == "default")?[1];
        return new()
        {
            Origin = file.ToString(),
            Interface = Get("DEVICE") is { Length: > 0 } device ? device : file.Name[Prefix.Length..],
            Mac = (suse ? Get("LLADDR") : Get("HWADDR")).ToLowerInvariant(),
            Dhcp4 = Get("BOOTPROTO").StartsWith("dhcp", StringComparison.OrdinalIgnoreCase),
            Addresses = [.. addresses, .. new[] { Get("IPV6ADDR") }.Where(a => a.Length > 0).Select(a => NetworkProfile.WithPrefix(a, null))],
            Gateways = [.. new[] { Get("GATEWAY"), Get("IPV6_DEFAULTGW"), suse ? gateway ?? "" : "" }.Where(g => g.Length > 0).DistinctBy(NetworkProfile.IsV6)],
            Dns = [.. keys.Select(k => Get("DNS" + k)).Where(d => d.Length > 0)],
            Search = [.. Get("DOMAIN").Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            Problem = type is not ("" or "ethernet") ? $"its type is {type}"
                : new[] { "MASTER", "BRIDGE", "SLAVE", "VLAN", "ESSID", "BONDING_MASTER", "ETHERDEVICE", "WIRELESS_ESSID" }.FirstOrDefault(k => Get(k).Length > 0) is { } key ? $"it has {key}"
                : null,
        };
    }

    private string Text(NetworkProfile p, string name)
    {
        var start = p.Dhcp4 ? "dhcp" : suse ? "static" : "none";
        var text = new StringBuilder(suse ? $"BOOTPROTO='{start}'\nSTARTMODE='auto'\n" : $"DEVICE={name}\nTYPE=Ethernet\nONBOOT=yes\nBOOTPROTO={start}\n");
        text.Append(!suse && p.Mac.Length > 0 ? $"HWADDR={p.Mac.ToUpperInvariant()}\n" : "");
        foreach (var (address, i) in p.Addresses.Where(a => !NetworkProfile.IsV6(a)).Select((a, i) => (a, i == 0 ? "" : i.ToString())))
        {
            text.Append(suse ? $"IPADDR{(i.Length > 0 ? "_" + i : "")}='{address}'\n" : $"IPADDR{i}={address.Split('/')[0]}\nPREFIX{i}={address.Split('/')[1]}\n");
        }

        if (!suse)
        {
            text.Append(string.Concat(p.Addresses.Where(NetworkProfile.IsV6).Take(1).Select(a => $"IPV6INIT=yes\nIPV6ADDR={a}\n")));
            text.Append(string.Concat(p.Gateways.Select(g => NetworkProfile.IsV6(g) ? $"IPV6_DEFAULTGW={g}\n" : $"GATEWAY={g}\n")));
            text.Append(string.Concat(p.Dns.Select((d, i) => $"DNS{i + 1}={d}\n")));
            text.Append(p.Search.Count > 0 ? $"DOMAIN=\"{string.Join(' ', p.Search)}\"\n" : "");
        }

        return text.ToString();
    }
}
