using Allie.Fleet;
using Allie.Plans;

namespace Allie.Overlays.Layers;

/// <summary>Which PCs a layer is for, by the hosts file.</summary>
public static class LayerAudience
{
    public static string Of(string layer, HostsFile hosts) => layer.Split('/') switch
    {
        ["group", var group, ..] => Count(hosts.Entries.Count(h => h.Groups.Contains(group)), $"of group {group}"),
        ["host", var host, ..] => hosts.Find(host) is { } entry ? entry.Address is null ? $"{host} (not served: no addr=)" : host : $"{host} (no hosts line)",
        ["all"] => "every PC",
        [var image] => Count(hosts.Entries.Count(h => h.Images.Contains(image)), $"with images={image}, and every other PC that has it"),
        _ => "",
    };

    private static string Count(int count, string which) => $"{Counted.Of(count, "PC")} {which}";
}
