using System.IO.Hashing;
using System.Text;
using Allie.Blandify;
using Allie.Files;

namespace Allie.Personalise.Network;

/// <summary>NetworkManager's keyfiles, nm-settings-keyfile(5).</summary>
internal sealed class NetworkManager : INetworkBackEnd
{
    private const int Secret = 0x180;
    private static readonly ImagePath Directory = ImagePath.Of("etc/NetworkManager/system-connections");

    public string Name => "NetworkManager";

    public bool IsIn(ITreeView tree) => TreeLook.HasAny(tree, "usr/sbin/NetworkManager", "sbin/NetworkManager", "usr/bin/NetworkManager");

    public bool IsActive(ITreeView tree) => IsIn(tree) && !TreeLook.IsMasked(tree, "NetworkManager.service");

    public IReadOnlyList<ImagePath> Files(ITreeView tree) => TreeLook.RegularIn(tree, Directory, _ => true);

    public IEnumerable<NetworkProfile> Read(ITreeView tree) => Files(tree).Select(f => Read(f, new IniText(tree.Text(f)!)));

    public IEnumerable<(ImagePath Path, string Text, int Permissions)> Write(IReadOnlyList<NetworkProfile> profiles) =>
        profiles.Select(p => (Directory.Join($"allie-{p.ShortName}.nmconnection"), Text(p), Secret));

    private static bool IsWired(IniText ini) => ini.Get("connection", "type") is "ethernet" or "802-3-ethernet";

    private static NetworkProfile Read(ImagePath file, IniText ini)
    {
        var v4 = Addresses(ini, "ipv4").ToList();
        var v6 = Addresses(ini, "ipv6").ToList();
        return new()
        {
            Origin = file.ToString(),
            Interface = ini.Get("connection", "interface-name"),
            Mac = (ini.Get("ethernet", "mac-address") + ini.Get("802-3-ethernet", "mac-address")).ToLowerInvariant(),
            Dhcp4 = ini.Get("ipv4", "method") is "auto" or "",
            Addresses = [.. v4.Concat(v6).Select(a => a.Address)],
            Gateways = [.. new[] { ini.Get("ipv4", "gateway"), v4.Select(a => a.Gateway).FirstOrDefault(g => g.Length > 0) ?? "" }.Where(g => g.Length > 0).Take(1),
                .. new[] { ini.Get("ipv6", "gateway"), v6.Select(a => a.Gateway).FirstOrDefault(g => g.Length > 0) ?? "" }.Where(g => g.Length > 0).Take(1)],
            Dns = [.. List(ini, "dns")],
            Search = [.. List(ini, "dns-search")],
            Problem = !IsWired(ini) ? $"it is a {ini.Get("connection", "type")} profile"
                : ini.Has("802-1x") ? "it logs in with 802.1X"
                : new[] { "master", "controller" }.Any(k => ini.Get("connection", k).Length > 0) ? "it is part of a bond or bridge"
                : null,
        };
    }

    /// <summary>address1=IP/PREFIX[,GATEWAY]; before NetworkManager 0.9.10 addresses1=IP;PREFIX;GATEWAY; where 0.0.0.0 is none.</summary>
    private static IEnumerable<(string Address, string Gateway)> Addresses(IniText ini, string family)
    {
        foreach (var (_, value) in ini.Below(family, "address"))
        {
            var old = value.Contains(';');
            var parts = value.Split(old ? ';' : ',');
            var gateway = old ? parts.ElementAtOrDefault(2) : parts.ElementAtOrDefault(1);
            yield return (old ? $"{parts[0]}/{parts.ElementAtOrDefault(1) ?? "24"}" : NetworkProfile.WithPrefix(parts[0], null), gateway is null or "0.0.0.0" or "::" ? "" : gateway);
        }
    }

    private static IEnumerable<string> List(IniText ini, string key) =>
        new[] { "ipv4", "ipv6" }.SelectMany(f => ini.Get(f, key).Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Text(NetworkProfile p)
    {
        var text = new StringBuilder($"[connection]\nid=allie-{p.ShortName}\nuuid={Uuid(p.ShortName)}\ntype=ethernet\n");
        text.Append(p.Mac.Length == 0 && p.Interface.Length > 0 && !p.Interface.Contains('*') ? $"interface-name={p.Interface}\n" : "");
        text.Append(p.Mac.Length > 0 ? $"\n[ethernet]\nmac-address={p.Mac.ToUpperInvariant()}\n" : "");
        text.Append(Family(p, v6: false)).Append(Family(p, v6: true));
        return text.ToString();
    }

    private static string Family(NetworkProfile p, bool v6)
    {
        var addresses = p.Addresses.Where(a => NetworkProfile.IsV6(a) == v6).ToList();
        var text = new StringBuilder($"\n[{(v6 ? "ipv6" : "ipv4")}]\nmethod={(addresses.Count > 0 && (v6 || !p.Dhcp4) ? "manual" : v6 || p.Dhcp4 ? "auto" : "disabled")}\n");
        for (var i = 0; i < addresses.Count; i++)
        {
            text.Append($"address{i + 1}={addresses[i]}\n");
        }

        foreach (var gateway in p.Gateways.Where(g => NetworkProfile.IsV6(g) == v6).Take(1))
        {
            text.Append($"gateway={gateway}\n");
        }

        var dns = p.Dns.Where(d => NetworkProfile.IsV6(d) == v6).ToList();
        text.Append(dns.Count > 0 ? $"dns={string.Join(';', dns)};\n" : "");
        text.Append(!v6 && p.Search.Count > 0 ? $"dns-search={string.Join(';', p.Search)};\n" : "");
        return text.ToString();
    }

    /// <summary>Of the name alone, so that a second run writes the same file. Old versions ignore a profile without one.</summary>
    private static string Uuid(string name)
    {
        var hash = Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes("allie network profile " + name)));
        return $"{hash[..8]}-{hash[8..12]}-4{hash[13..16]}-a{hash[17..20]}-{hash[20..]}";
    }
}
