using System.Net;
using Allie.Files;
using Allie.Fleet;

namespace Allie.Overlays.Lint;

/// <summary>The rules about layers as such: whose they are, and their top directory.</summary>
public static class StoreLint
{
    /// <summary>The rules about the hosts file: images that are not there (any more).</summary>
    public static IEnumerable<LintFinding> Check(HostsFile hosts, IReadOnlyCollection<string> images) =>
        hosts.Faults.Select(f => new LintFinding("hosts", "hosts", ImagePath.Root, f, "mend the line", IsError: true))
            .Concat(hosts.Entries.SelectMany(h => h.Images).Distinct().Where(i => !images.Contains(i))
                .Select(i => new LintFinding(
                    "no-image", "hosts", ImagePath.Root, $"image {i} of {string.Join(", ", hosts.Entries.Where(h => h.Images.Contains(i)).Select(h => h.Name).Take(3))} is not published here",
                    "publish it, or mend images= of the line")));

    /// <param name="layer">all, f18, group/G/f18, ...</param>
    /// <param name="top">Its directory.</param>
    /// <param name="hosts">The hosts file.</param>
    /// <param name="images">The published images.</param>
    public static IEnumerable<LintFinding> Check(string layer, FileFacts top, HostsFile hosts, IReadOnlyCollection<string> images)
    {
        LintFinding Found(string rule, string message, string fix, bool error = false) => new(rule, layer, ImagePath.Root, message, fix, error);

        var parts = layer.Split('/');
        switch (parts)
        {
            case ["group", var group, _] when hosts.Entries.All(h => !h.Groups.Contains(group)):
                yield return Found("no-hosts-line", $"no PC of the hosts file is in group {group}", $"add groups={group} to a line of the hosts file, or remove the directory");
                break;
            case ["host", var host, _] when hosts.Find(host) is null:
                yield return Found("no-hosts-line", $"the hosts file has no PC {host}", $"add the line: {host} addr=ADDRESS", error: true);
                break;
            case ["host", var host, _] when !IPAddress.TryParse(hosts.Find(host)!.Address, out _):
                yield return Found("no-address", $"the hosts line of {host} has no addr= with an IP address, so its overlay is not served", $"add addr=ADDRESS, then: allie server conf", error: true);
                break;
        }

        if (parts[^1] != "all" && !images.Contains(parts[^1]))
        {
            yield return Found("no-image", $"no image {parts[^1]} is published here", "publish it, or rename the directory: all, or an image's name");
        }

        if (top.Permissions != 0x1ED || top.Uid != 0 || top.Gid != 0)
        {
            yield return Found(
                "top", $"the top directory has mode {Convert.ToString(top.Permissions, 8)} and owner {top.Uid}:{top.Gid}; it is never applied, but an rsync by hand would put that on /",
                "chmod 755 and chown root:root it");
        }
    }
}
