using Allie.Files;
using Allie.Fleet;
using Allie.Linux.Files;

namespace Allie.Linux.Overlays;

/// <summary>A PC's line of the hosts file.</summary>
internal static class HostLine
{
    /// <summary>As the last fetch had it; null when there was none.</summary>
    internal static HostEntry? Last(ImageRoot root, ImagePath state, string pcName) => Find(new Mirror(root, LayerVisit.Cached.Under(state)).HostsText, pcName);

    internal static HostEntry? Find(string? text, string pcName, List<string>? notes = null)
    {
        var hosts = HostsFile.Parse(text ?? "", "hosts");
        notes?.AddRange(hosts.Faults);
        return hosts.Find(pcName) ?? hosts.Find(pcName.Split('.')[0]);
    }
}
