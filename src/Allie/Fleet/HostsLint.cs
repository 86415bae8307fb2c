using System.Net;

namespace Allie.Fleet;

/// <summary>What in the hosts file leads nowhere: groups and images that nobody has made, addresses that are none or are two PCs'.</summary>
public static class HostsLint
{
    /// <param name="hosts">The hosts file.</param>
    /// <param name="images">Published.</param>
    /// <param name="groups">Directories below overlays/group.</param>
    /// <param name="hostOverlays">Directories below overlays/host.</param>
    /// <param name="pcs">With a key or secret.</param>
    public static IEnumerable<CheckFinding> Look(HostsFile hosts, IReadOnlyCollection<string> images, IReadOnlyCollection<string> groups, IReadOnlyCollection<string> hostOverlays, EnrolledPcs pcs) =>
    [
        .. hosts.Faults.Select(f => new CheckFinding("hosts-line", f, "the line does not hold, for no PC", "mend the line")),
        .. Unknown(hosts, "group", h => h.Groups, groups, "its PCs get no layers by it (a template may still ask for it)", isAdvice: true),
        .. Unknown(hosts, "image", h => h.Images, images, "its PCs cannot fetch it", isAdvice: false),
        .. groups.Where(g => hosts.Entries.All(h => !h.Groups.Contains(g))).Order(StringComparer.Ordinal)
            .Select(g => new CheckFinding("unused-group", $"overlays/group/{g}: no PC is in that group", "nobody gets these files", $"misspelt? else: allie host set PC groups+={g}")),
        .. hostOverlays.Where(o => hosts.Find(o) is null).Order(StringComparer.Ordinal)
            .Select(o => new CheckFinding("unknown-host", $"overlays/host/{o}: no such PC in the hosts file", "nobody gets these files", $"allie host add {o}, or remove the directory")),
        .. pcs.Keys.Keys.Concat(pcs.Secrets).Distinct().Where(p => hosts.Find(p) is null).Order(StringComparer.Ordinal)
            .Select(p => new CheckFinding("unknown-host", $"key or secret of {p}: no such PC in the hosts file", "it opens nothing now, and would again with a line of that name", $"allie host revoke {p}, or: allie host add {p}")),
        .. hosts.Entries.Where(h => h.Address is not null && !IPAddress.TryParse(h.Address, out _))
            .Select(h => new CheckFinding("address", $"{h.Name}: addr={h.Address} is no IP address", "rsyncd serves it no overlay of its own", $"allie host set {h.Name} addr=IP")),
        .. hosts.Entries.Where(h => h.Address is not null).GroupBy(h => h.Address).Where(g => g.Count() > 1)
            .Select(g => new CheckFinding("address", $"addr={g.Key} is that of {string.Join(" and ", g.Select(h => h.Name))}", "by rsyncd each can read the other's own layers", "give each its own address")),
    ];

    private static IEnumerable<CheckFinding> Unknown(HostsFile hosts, string what, Func<HostEntry, IReadOnlyList<string>> of, IReadOnlyCollection<string> known, string why, bool isAdvice)
    {
        foreach (var name in hosts.Entries.SelectMany(of).Distinct().Where(n => !known.Contains(n)).Order(StringComparer.Ordinal))
        {
            var pcs = hosts.Entries.Where(h => of(h).Contains(name)).Select(h => h.Name).ToList();
            var near = known.MinBy(k => Config.Spelling.Distance(k, name));
            var next = near is not null && Config.Spelling.Distance(near, name) <= 2 ? $"did you mean '{near}'?"
                : what == "group" ? $"make the directory overlays/group/{name} of the store, or take it out: allie host set PC groups-={name}"
                : $"allie image publish {name}, or take it out: allie host set PC images-={name}";
            yield return new("unknown-" + what, $"{what} {name} of {pcs[0]}{(pcs.Count > 1 ? $" and {pcs.Count - 1} more" : "")}: there is none of that name", why, next, isAdvice);
        }
    }
}
