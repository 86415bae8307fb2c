namespace Allie.Config;

/// <summary>server.toml: every key has a default and the file may be absent. docs/settings.md lists them.</summary>
public sealed record ServerSettings
{
    public const string DefaultFile = "/etc/allie/server.toml";

    public required string Store { get; init; }

    public required string Images { get; init; }

    public required string Overlays { get; init; }

    public required string Hosts { get; init; }

    public required string Reports { get; init; }

    public required string RsyncdConf { get; init; }

    /// <summary>Address rsyncd binds; empty is all.</summary>
    public required string RsyncdAddress { get; init; }

    public required int RsyncdPort { get; init; }

    /// <summary>Networks that may fetch (rsyncd.conf(5) hosts allow). Private ranges unless set: an image holds password hashes.</summary>
    public required IReadOnlyList<string> HostsAllow { get; init; }

    /// <summary>Port of the temporary daemon that capture contacts on the golden PC.</summary>
    public required int OfferPort { get; init; }

    /// <summary>How many of the newest generations `image prune` leaves.</summary>
    public required int KeepGenerations { get; init; }

    public static ServerSettings Parse(string text, string file)
    {
        var values = TomlValues.Parse(text, file);
        var store = values.Text("store", "/srv/allie");
        var settings = new ServerSettings
        {
            Store = store,
            Images = values.Text("images", store + "/images"),
            Overlays = values.Text("overlays", store + "/overlays"),
            Hosts = values.Text("hosts", store + "/hosts"),
            Reports = values.Text("reports", store + "/reports"),
            RsyncdConf = values.Text("rsyncd.conf", "/etc/rsyncd.conf"),
            RsyncdAddress = values.Text("rsyncd.address", ""),
            RsyncdPort = values.Number("rsyncd.port", 873),
            HostsAllow = values.Texts("rsyncd.hosts-allow", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fd00::/8", "::1"]),
            OfferPort = values.Number("offer.port", 873),
            KeepGenerations = values.Number("prune.keep", 3),
        };
        values.RefuseUnknown();
        return settings;
    }
}
