using System.Text;
using Allie.Blandify;
using Allie.Files;

namespace Allie.Personalise.Network;

/// <summary>Debian's interfaces(5).</summary>
internal sealed class Ifupdown : INetworkBackEnd
{
    private static readonly ImagePath File = ImagePath.Of("etc/network/interfaces");
    private static readonly ImagePath Directory = ImagePath.Of("etc/network/interfaces.d");
    private static readonly string[] NotWired = ["bridge", "bond", "vlan", "wpa", "wireless", "master", "slaves"];

    public string Name => "ifupdown";

    public bool IsIn(ITreeView tree) => TreeLook.HasAny(tree, "usr/sbin/ifup", "sbin/ifup") && tree.Find(File.Parent) is { IsDirectory: true };

    public bool IsActive(ITreeView tree) => IsIn(tree) && !TreeLook.IsMasked(tree, "networking.service");

    /// <summary>None when only the loopback is in them, as a fresh Debian has it.</summary>
    public IReadOnlyList<ImagePath> Files(ITreeView tree)
    {
        var files = All(tree);
        return files.Any(f => Stanzas(tree.Text(f)!).Any()) ? files : [];
    }

    public IEnumerable<NetworkProfile> Read(ITreeView tree) =>
        All(tree).SelectMany(f => Stanzas(tree.Text(f)!).GroupBy(s => s.Interface).Select(g => Read(f, g.Key, [.. g])));

    public IEnumerable<(ImagePath Path, string Text, int Permissions)> Write(IReadOnlyList<NetworkProfile> profiles) =>
        [(File, "auto lo\niface lo inet loopback\n\nsource /etc/network/interfaces.d/*\n" + string.Concat(profiles.Select(Text)), 0x1A4)];

    private static IReadOnlyList<ImagePath> All(ITreeView tree) =>
        [.. new[] { File }.Where(f => tree.Find(f) is { IsRegular: true }), .. TreeLook.RegularIn(tree, Directory, _ => true)];

    private static IEnumerable<(string Interface, bool V6, string Method, IReadOnlyList<(string Key, string Value)> Options)> Stanzas(string text)
    {
        (string, bool, string, List<(string, string)>)? open = null;
        foreach (var line in text.Replace("\\\n", " ").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var words = line.Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries);
            var starts = words[0] is "iface" or "auto" or "mapping" or "source" or "source-directory" || words[0].StartsWith("allow-", StringComparison.Ordinal);
            if (!starts)
            {
                open?.Item4.Add((words[0], words.ElementAtOrDefault(1) ?? ""));
                continue;
            }

            if (open is { } done)
            {
                yield return (done.Item1, done.Item2, done.Item3, done.Item4);
            }

            var fields = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            open = words[0] == "iface" && fields.Length > 3 && fields[3] != "loopback" ? (fields[1], fields[2] == "inet6", fields[3], []) : null;
        }

        if (open is { } last)
        {
            yield return (last.Item1, last.Item2, last.Item3, last.Item4);
        }
    }

    private static NetworkProfile Read(ImagePath file, string name, IReadOnlyList<(string Interface, bool V6, string Method, IReadOnlyList<(string Key, string Value)> Options)> stanzas)
    {
        var options = stanzas.SelectMany(s => s.Options).ToList();
        string[] Words(string key) => [.. options.Where(o => o.Key == key).SelectMany(o => o.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        return new()
        {
            Origin = file.ToString(),
            Interface = name,
            Dhcp4 = stanzas.Any(s => s is { V6: false, Method: "dhcp" }),
            Addresses = [.. stanzas.Where(s => s.Method == "static").SelectMany(s =>
            {
                var mask = s.Options.FirstOrDefault(o => o.Key == "netmask").Value;
                return s.Options.Where(o => o.Key == "address").Select(o => NetworkProfile.WithPrefix(o.Value, mask));
            })],
            Gateways = [.. Words("gateway")],
            Dns = [.. Words("dns-nameservers"), .. Words("dns-nameserver")],
            Search = [.. Words("dns-search"), .. Words("dns-domain")],
            Problem = options.FirstOrDefault(o => NotWired.Any(n => o.Key.StartsWith(n, StringComparison.Ordinal))).Key is { } key ? $"it has {key}"
                : stanzas.FirstOrDefault(s => s.Method is not ("dhcp" or "static" or "auto" or "manual")).Method is { } method ? $"its method is {method}"
                : name.Contains('.') || name.Contains(':') ? "it is a VLAN or an alias"
                : null,
        };
    }

    /// <summary>By name: ifupdown finds no card by its address. A pattern for any wired card since 0.8 (Debian 9).</summary>
    private static string Text(NetworkProfile p)
    {
        var any = p.Interface.Length == 0;
        var name = any ? "wired" : p.Interface;
        var text = new StringBuilder($"\nauto {(any ? "/e*=wired" : name)}\n");
        text.Append(p.Dhcp4 ? $"iface {name} inet dhcp\n" : "");
        foreach (var address in p.Addresses)
        {
            var v6 = NetworkProfile.IsV6(address);
            text.Append($"iface {name} inet{(v6 ? "6" : "")} static\n\taddress {address}\n");
            text.Append(string.Concat(p.Gateways.Where(g => NetworkProfile.IsV6(g) == v6).Take(1).Select(g => $"\tgateway {g}\n")));
            text.Append(!v6 && p.Dns.Count > 0 ? $"\tdns-nameservers {string.Join(' ', p.Dns)}\n" : "");
            text.Append(!v6 && p.Search.Count > 0 ? $"\tdns-search {string.Join(' ', p.Search)}\n" : "");
        }

        return text.ToString();
    }
}
