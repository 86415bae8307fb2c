using System.Net;
using Allie.Config;
using Allie.Errors;

namespace Allie.Fleet;

/// <summary>
/// Which modules the server offers: image-NAME for each published image, overlay, host-H for each PC that has an overlay of its own and
/// a known address, and site, which shows the hosts file alone.
/// </summary>
public sealed record ServerModules(IReadOnlyList<RsyncdModule> Modules, IReadOnlyList<string> Notes)
{
    /// <param name="settings">Paths and networks.</param>
    /// <param name="images">The published images: names of the symlinks in the image directory.</param>
    /// <param name="hostOverlays">The directories below overlays/host.</param>
    /// <param name="hosts">The hosts file.</param>
    public static ServerModules Decide(ServerSettings settings, IEnumerable<string> images, IEnumerable<string> hostOverlays, HostsFile hosts)
    {
        var notes = new List<string>(hosts.Faults);
        var modules = images.Order(StringComparer.Ordinal).Select(name => Image(settings, name)).ToList();
        modules.Add(new("overlay", settings.Overlays, "overlays of all images", settings.HostsAllow)
        {
            Listed = true,
            Filters = ["- /host/***"], // host layers hold secrets; each has a module of its own
        });
        foreach (var host in hostOverlays.Order(StringComparer.Ordinal))
        {
            if (Address(hosts, host, notes) is { } address)
            {
                modules.Add(new("host-" + host, $"{settings.Overlays}/host/{host}", "overlay of one PC", [address]));
            }
        }

        modules.Add(Site(settings));
        return new(modules, notes);
    }

    private static RsyncdModule Image(ServerSettings settings, string name) =>
        new("image-" + name, $"{settings.Images}/{name}", $"image {name}", settings.HostsAllow)
        {
            // Listed, so that an administrator's "rsync rsync://server/" shows what there is; the names are no secret.
            Listed = true,
            MostConnections = 40,
            LockFile = "/run/allie-rsyncd-image.lock",
        };

    private static RsyncdModule Site(ServerSettings settings)
    {
        if (Path.GetFileName(settings.Hosts) != "hosts")
        {
            throw UserError.Refused($"cannot serve {settings.Hosts}: PCs ask for a file called hosts", "rename it, and set hosts in server.toml");
        }

        return new("site", Path.GetDirectoryName(settings.Hosts)!, "the hosts file", settings.HostsAllow) { Filters = ["+ /hosts", "- *"] };
    }

    private static string? Address(HostsFile hosts, string host, List<string> notes)
    {
        switch (hosts.Find(host)?.Address)
        {
            case null:
                notes.Add($"overlay of PC {host} is not served: its line in the hosts file has no addr=");
                return null;
            case { } address when !IPAddress.TryParse(address, out _):
                notes.Add($"overlay of PC {host} is not served: addr={address} is no IP address");
                return null;
            case { } address:
                return address;
        }
    }
}
