using System.Net;
using Allie.Config;
using Allie.Errors;

namespace Allie.Fleet;

/// <summary>
/// Which modules the server offers: image-NAME for each published image; pc-H for each PC whose address is known, with the hosts file, all
/// shared layers and those of H alone, so that one connection brings all that H needs; and pc, the same without host layers, for the others.
/// </summary>
public sealed record ServerModules(IReadOnlyList<RsyncdModule> Modules, IReadOnlyList<string> Notes)
{
    /// <param name="settings">Paths and networks.</param>
    /// <param name="images">The published images: names of the symlinks in the image directory.</param>
    /// <param name="hostOverlays">The directories below overlays/host.</param>
    /// <param name="hosts">The hosts file.</param>
    /// <exception cref="UserError">Exit 2: overlays and hosts file are not in one directory, under these names.</exception>
    public static ServerModules Decide(ServerSettings settings, IEnumerable<string> images, IEnumerable<string> hostOverlays, HostsFile hosts)
    {
        var notes = new List<string>(hosts.Faults);
        var modules = images.Order(StringComparer.Ordinal).Select(name => Image(settings, name)).ToList();
        var top = Top(settings);
        modules.Add(Pc("pc", top, "overlays and hosts file", settings.HostsAllow, []) with { Listed = true });
        foreach (var host in hosts.Entries.OrderBy(h => h.Name, StringComparer.Ordinal).Where(h => h.Address is not null))
        {
            if (IPAddress.TryParse(host.Address, out _))
            {
                modules.Add(Pc("pc-" + host.Name, top, "overlays of one PC", [host.Address!], [$"+ /overlays/host/{host.Name}/***"]));
            }
            else
            {
                notes.Add($"overlay of PC {host.Name} is not served: addr={host.Address} is no IP address");
            }
        }

        notes.AddRange(hostOverlays.Order(StringComparer.Ordinal).Where(h => hosts.Find(h)?.Address is null)
            .Select(h => $"overlay of PC {h} is not served: its line in the hosts file has no addr="));
        return new(modules, notes);
    }

    private static RsyncdModule Pc(string name, string top, string comment, IReadOnlyList<string> allow, IReadOnlyList<string> own) =>
        new(name, top, comment, allow)
        {
            Filters = ["+ /hosts", .. own, "- /overlays/host/*", "+ /overlays/***", "- *"],
            WholeOnly = true,
        };

    /// <summary>A module is one directory, so both lie in one.</summary>
    private static string Top(ServerSettings settings)
    {
        var top = Path.GetDirectoryName(settings.Overlays)!;
        return Path.GetFileName(settings.Overlays) == "overlays" && settings.Hosts == Path.Combine(top, "hosts")
            ? top
            : throw UserError.Refused(
                $"cannot serve {settings.Overlays} and {settings.Hosts} together",
                "put both into one directory, under the names overlays and hosts; another disk may be mounted at overlays");
    }

    private static RsyncdModule Image(ServerSettings settings, string name) =>
        new("image-" + name, $"{settings.Images}/{name}", $"image {name}", settings.HostsAllow)
        {
            // Listed, so that an administrator's "rsync rsync://server/" shows what there is; the names are no secret.
            Listed = true,
            MostConnections = 40,
            LockFile = "/run/allie-rsyncd-image.lock",
        };
}
