using Allie.Errors;

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

    /// <summary>PCs log in to rsyncd with a secret of their own each; else their address is enough.</summary>
    public required bool RsyncdAuth { get; init; }

    /// <summary>Lines "H:SECRET" (rsyncd.conf(5), secrets file), root's alone.</summary>
    public required string RsyncdSecrets { get; init; }

    /// <summary>The file below sshd_config.d that says where the keys of PCs are.</summary>
    public required string SshdConf { get; init; }

    /// <summary>Keys of enrolled PCs: keys/H.pub, and keys/H.revoked for one that may not come any more.</summary>
    public string Keys => Store + "/keys";

    /// <summary>Generated: authorized_keys, pcs/H.conf with the modules of PC H, and pcs/H.d with its line of the hosts file.</summary>
    public string Ssh => Store + "/ssh";

    public string AuthorizedKeys => Ssh + "/authorized_keys";

    /// <summary>The directory that holds both overlays and hosts: a module is one directory.</summary>
    /// <exception cref="UserError">Exit 2: they are not in one, under these names.</exception>
    public string Top => Path.GetDirectoryName(Overlays) is { } top && Path.GetFileName(Overlays) == "overlays" && Hosts == Path.Combine(top, "hosts")
        ? top
        : throw UserError.Refused(
            $"cannot serve {Overlays} and {Hosts} together",
            "put both into one directory, under the names overlays and hosts; another disk may be mounted at overlays");

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
            RsyncdAuth = values.Flag("rsyncd.auth", false),
            RsyncdSecrets = values.Text("rsyncd.secrets", "/etc/allie/rsyncd.secrets"),
            SshdConf = values.Text("ssh.conf", "/etc/ssh/sshd_config.d/allie.conf"),
            OfferPort = values.Number("offer.port", 873),
            KeepGenerations = values.Number("prune.keep", 3),
        };
        values.RefuseUnknown();
        return settings;
    }
}
