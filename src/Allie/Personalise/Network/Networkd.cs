using System.Text;
using Allie.Blandify;
using Allie.Files;

namespace Allie.Personalise.Network;

/// <summary>systemd-networkd, systemd.network(5).</summary>
internal sealed class Networkd : INetworkBackEnd
{
    private static readonly ImagePath Directory = ImagePath.Of("etc/systemd/network");

    public string Name => "systemd-networkd";

    public bool IsIn(ITreeView tree) => TreeLook.HasSystemd(tree, "networkd");

    public bool IsActive(ITreeView tree) => IsIn(tree) && TreeLook.IsEnabled(tree, "systemd-networkd.service");

    public IReadOnlyList<ImagePath> Files(ITreeView tree) => TreeLook.RegularIn(tree, Directory, n => n.EndsWith(".network", StringComparison.Ordinal) || n.EndsWith(".netdev", StringComparison.Ordinal));

    public IEnumerable<ImagePath> Beside(ITreeView tree) =>
        tree.Names(Directory).Where(n => n.EndsWith(".network.d", StringComparison.Ordinal) || n.EndsWith(".netdev.d", StringComparison.Ordinal)).Select(Directory.Join);

    public IEnumerable<NetworkProfile> Read(ITreeView tree) => Files(tree).Select(f => Read(f, new IniText(tree.Text(f)!)));

    public IEnumerable<(ImagePath Path, string Text, int Permissions)> Write(IReadOnlyList<NetworkProfile> profiles) =>
        profiles.Select(p => (Directory.Join($"10-allie-{p.ShortName}.network"), Text(p), 0x1A4));

    private static NetworkProfile Read(ImagePath file, IniText ini) => new()
    {
        Origin = file.ToString(),
        Interface = ini.Get("Match", "Name").Split(' ')[0],
        Mac = (ini.Get("Match", "MACAddress") + ini.Get("Match", "PermanentMACAddress")).Split(' ')[0].ToLowerInvariant(),
        Dhcp4 = ini.Get("Network", "DHCP").ToLowerInvariant() is "yes" or "true" or "ipv4" or "both" or "v4",
        Addresses = [.. ini.All("Network", "Address").Concat(ini.All("Address", "Address")).Where(a => a.Length > 0).Select(a => NetworkProfile.WithPrefix(a, null))],
        Gateways = [.. ini.All("Network", "Gateway").Concat(ini.All("Route", "Gateway")).Where(g => g.Length > 0 && g[0] != '_').DistinctBy(NetworkProfile.IsV6)],
        Dns = [.. Words(ini, "DNS")],
        Search = [.. Words(ini, "Domains").Where(d => d[0] != '~')],
        Problem = ini.Has("NetDev") ? "it makes a device of its own"
            : new[] { "VLAN", "Bridge", "Bond", "VRF", "MACVLAN" }.Any(k => ini.Get("Network", k).Length > 0) ? "it is part of a bond, bridge or VLAN"
            : ini.Get("Match", "Type") is "wlan" or "loopback" ? $"it is for {ini.Get("Match", "Type")}"
            : null,
    };

    private static IEnumerable<string> Words(IniText ini, string key) => ini.All("Network", key).SelectMany(v => v.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Text(NetworkProfile p)
    {
        var text = new StringBuilder("[Match]\n");
        text.Append(p.Mac.Length > 0 ? $"MACAddress={p.Mac}\n" : $"Name={(p.Interface.Length > 0 ? p.Interface : "e*")}\n");
        text.Append($"\n[Network]\nDHCP={(p.Dhcp4 ? "yes" : "no")}\n");
        foreach (var (key, values) in new[] { ("Address", p.Addresses), ("Gateway", p.Gateways), ("DNS", p.Dns) })
        {
            text.Append(string.Concat(values.Select(v => $"{key}={v}\n")));
        }

        return text.Append(p.Search.Count > 0 ? $"Domains={string.Join(' ', p.Search)}\n" : "").ToString();
    }
}
