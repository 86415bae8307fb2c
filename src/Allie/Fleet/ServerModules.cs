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
    /// <param name="pcs">Which PCs have a key or a secret, and which may not come any more.</param>
    /// <exception cref="UserError">Exit 2: overlays and hosts file are not in one directory, under these names.</exception>
    public static ServerModules Decide(ServerSettings settings, IEnumerable<string> images, IEnumerable<string> hostOverlays, HostsFile hosts, EnrolledPcs? pcs = null)
    {
        pcs ??= EnrolledPcs.None;
        var notes = new List<string>(hosts.Faults);
        HostEntry[] welcome = [.. hosts.Entries.OrderBy(h => h.Name, StringComparer.Ordinal).Where(h => !pcs.Revoked.Contains(h.Name))];
        var modules = images.Order(StringComparer.Ordinal).SelectMany(i => ImageModules(settings, i, welcome, pcs)).ToList();
        if (!settings.RsyncdAuth)
        {
            modules.Add(Pc(PcModules.Overlays, settings.Top, "overlays and hosts file", settings.HostsAllow, []) with { Listed = true });
        }

        modules.AddRange(welcome.SelectMany(h => OfOne(settings, h, pcs, notes)));
        bool IsServed(string pc) => pcs.Keys.ContainsKey(pc) || pcs.Revoked.Contains(pc) || modules.Any(m => m.Name == "pc-" + pc);
        notes.AddRange(hostOverlays.Order(StringComparer.Ordinal).Where(h => !IsServed(h) && hosts.Find(h)?.Address is null)
            .Select(h => $"overlay of PC {h} is not served: its line in the hosts file has no addr="));
        return new(modules, notes);
    }

    /// <summary>For all that the network lets in; with logins for the PCs that have images=, and not at all when there is none.</summary>
    private static IEnumerable<RsyncdModule> ImageModules(ServerSettings settings, string image, IEnumerable<HostEntry> welcome, EnrolledPcs pcs)
    {
        var module = Image(settings, image);
        if (!settings.RsyncdAuth)
        {
            return [module];
        }

        string[] users = [.. welcome.Where(h => h.Images.Contains(image) && pcs.Secrets.Contains(h.Name)).Select(h => h.Name)];
        return users.Length > 0 ? [module with { AuthUsers = users, SecretsFile = settings.RsyncdSecrets }] : [];
    }

    /// <summary>What by rsyncd is one PC's alone: known by its secret, or else by its address.</summary>
    private static IEnumerable<RsyncdModule> OfOne(ServerSettings settings, HostEntry host, EnrolledPcs pcs, List<string> notes)
    {
        if (host.Address is not null && !IPAddress.TryParse(host.Address, out _))
        {
            notes.Add($"overlay of PC {host.Name} is not served: addr={host.Address} is no IP address");
            return [];
        }

        if (settings.RsyncdAuth ? !pcs.Secrets.Contains(host.Name) : host.Address is null)
        {
            return [];
        }

        var allow = host.Address is null ? settings.HostsAllow : [host.Address];
        var modules = new[]
        {
            Pc("pc-" + host.Name, settings.Top, "overlays of one PC", allow, [$"+ /overlays/host/{host.Name}/***"]),
            RsyncdModule.ForReport("report-" + host.Name, $"{settings.Reports}/{host.Name}") with { HostsAllow = allow },
        };
        return settings.RsyncdAuth ? modules.Select(m => m with { AuthUsers = [host.Name], SecretsFile = settings.RsyncdSecrets }) : modules;
    }

    private static RsyncdModule Pc(string name, string top, string comment, IReadOnlyList<string> allow, IReadOnlyList<string> own) =>
        new(name, top, comment, allow)
        {
            Filters = ["+ /hosts", .. own, "- /overlays/host/*", "+ /overlays/***", "- *"],
            WholeOnly = true,
        };

    internal static RsyncdModule Image(ServerSettings settings, string name) =>
        new("image-" + name, $"{settings.Images}/{name}", $"image {name}", settings.HostsAllow)
        {
            // Listed, so that an administrator's "rsync rsync://server/" shows what there is; the names are no secret.
            Listed = true,
            MostConnections = 40,
            LockFile = "/run/allie-rsyncd-image.lock",
        };
}
