using System.Text;
using Allie.Blandify;
using Allie.Files;

namespace Allie.Personalise.Network;

/// <summary>Ubuntu's netplan(5).</summary>
internal sealed class Netplan : INetworkBackEnd
{
    private const int Secret = 0x180;
    private static readonly ImagePath Directory = ImagePath.Of("etc/netplan");

    public string Name => "netplan";

    public bool IsIn(ITreeView tree) => TreeLook.HasAny(tree, "usr/sbin/netplan", "usr/bin/netplan");

    public bool IsActive(ITreeView tree) => IsIn(tree);

    public IReadOnlyList<ImagePath> Files(ITreeView tree) =>
        [.. TreeLook.RegularIn(tree, Directory, n => n.EndsWith(".yaml", StringComparison.Ordinal)).Where(f => SaysSomething(tree.Text(f)!))];

    public IEnumerable<NetworkProfile> Read(ITreeView tree) => Files(tree).SelectMany(f => Read(f, new NetplanText(tree.Text(f)!)));

    public IEnumerable<(ImagePath Path, string Text, int Permissions)> Write(IReadOnlyList<NetworkProfile> profiles) =>
        [(Directory.Join("95-allie.yaml"), "network:\n  version: 2\n  ethernets:\n" + string.Concat(profiles.Select(Text)), Secret)];

    /// <summary>01-network-manager-all.yaml has a renderer and no device.</summary>
    private static bool SaysSomething(string text) => new NetplanText(text) is var plan && plan.Kinds.Any();

    private static IEnumerable<NetworkProfile> Read(ImagePath file, NetplanText plan)
    {
        foreach (var kind in plan.Kinds.Where(k => k != "ethernets"))
        {
            yield return new() { Origin = file.ToString(), Problem = $"it has {kind}" };
        }

        foreach (var name in plan.Children("network/ethernets"))
        {
            var at = "network/ethernets/" + name + "/";
            var gateways = new[] { plan.Value(at + "gateway4"), plan.Value(at + "gateway6") }.OfType<string>()
                .Concat(plan.Items(at + "routes").Where(r => plan.Value(r + "/to") is "default" or "0.0.0.0/0" or "::/0").Select(r => plan.Value(r + "/via")).OfType<string>());
            yield return new()
            {
                Origin = file.ToString(),
                Interface = plan.Value(at + "set-name") ?? plan.Value(at + "match/name") ?? (plan.Value(at + "match/macaddress") is null ? name : ""),
                Mac = (plan.Value(at + "match/macaddress") ?? "").ToLowerInvariant(),
                Dhcp4 = plan.Value(at + "dhcp4") is "true" or "yes" or "on",
                Addresses = plan.List(at + "addresses"),
                Gateways = [.. gateways.DistinctBy(NetworkProfile.IsV6)],
                Dns = plan.List(at + "nameservers/addresses"),
                Search = plan.List(at + "nameservers/search"),
                Problem = plan.Children(at.TrimEnd('/')).Contains("auth") ? "it logs in with 802.1X" : null,
            };
        }
    }

    private static string Text(NetworkProfile p)
    {
        var pattern = p.Interface.Length == 0 || p.Interface.Contains('*');
        var text = new StringBuilder($"    {(pattern ? "wired" : p.Interface)}:\n");
        text.Append(p.Mac.Length > 0 ? $"      match:\n        macaddress: \"{p.Mac}\"\n" : pattern ? $"      match:\n        name: \"{(p.Interface.Length > 0 ? p.Interface : "e*")}\"\n" : "");
        text.Append($"      dhcp4: {(p.Dhcp4 ? "true" : "false")}\n      optional: true\n");
        text.Append(List("      ", "addresses", p.Addresses));
        text.Append(p.Gateways.Count > 0 ? "      routes:\n" + string.Concat(p.Gateways.Select(g => $"        - to: \"{(NetworkProfile.IsV6(g) ? "::/0" : "0.0.0.0/0")}\"\n          via: \"{g}\"\n")) : "");
        text.Append(p.Dns.Count + p.Search.Count > 0 ? "      nameservers:\n" + List("        ", "addresses", p.Dns) + List("        ", "search", p.Search) : "");
        return text.ToString();
    }

    private static string List(string indent, string key, IReadOnlyList<string> values) =>
        values.Count > 0 ? $"{indent}{key}: [{string.Join(", ", values.Select(v => $"\"{v}\""))}]\n" : "";
}
