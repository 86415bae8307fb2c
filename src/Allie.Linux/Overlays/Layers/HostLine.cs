using Allie.Files;
using Allie.Fleet;
using Allie.Linux.Files;
using Allie.Overlays;

namespace Allie.Linux.Overlays.Layers;

/// <summary>A PC's line of the hosts file.</summary>
internal static class HostLine
{
    /// <summary>As the last fetch had it; null when there was none.</summary>
    internal static HostEntry? Last(ImageRoot root, ImagePath state, string pcName) => Find(new Mirror(root, LayerVisit.Cached.Under(state)).HostsText, pcName);

    /// <param name="text">The hosts file.</param>
    /// <param name="pcName">Whose line.</param>
    /// <param name="faults">Gets what is wrong with any line: those that are right hold all the same.</param>
    internal static HostEntry? Find(string? text, string pcName, List<PathFault>? faults = null)
    {
        var hosts = HostsFile.Parse(text ?? "", "hosts");
        faults?.AddRange(hosts.Faults.Select(f => new PathFault(ImagePath.Root, "", $"{f}; mend that line on the server, the others hold")));
        return hosts.Find(pcName) ?? hosts.Find(pcName.Split('.')[0]);
    }
}
