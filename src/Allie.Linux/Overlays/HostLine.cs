using System.Text;
using Allie.Files;
using Allie.Fleet;
using Allie.Linux.Files;

namespace Allie.Linux.Overlays;

/// <summary>This PC's line of the server's hosts file, with the file of the last run as the memory.</summary>
internal sealed class HostLine(ImageRoot state, OverlayServer server, string pcName)
{
    private static readonly ImagePath Cached = ImagePath.Of("hosts");
    private static readonly ImagePath Fetched = ImagePath.Of("hosts.new");

    /// <summary>Groups and address as the server has them now. A line that vanished is taken for a mistake: the last one holds.</summary>
    internal HostEntry? Fetch(ImageRoot work, bool keep, List<string> notes)
    {
        var old = Find(state.TryReadText(Cached) ?? "", notes: null);
        if (!server.TryFetchFile("site", "hosts", Path.Combine(work.HostPath, Fetched.Raw)))
        {
            return old;
        }

        var text = work.TryReadText(Fetched) ?? "";
        work.RemoveFile(Fetched);
        if (Find(text, notes) is not { } entry)
        {
            if (old is not null)
            {
                notes.Add($"the server's hosts file has no line for {pcName} any more; the groups of its last line hold");
            }

            return old;
        }

        if (keep && text != state.TryReadText(Cached))
        {
            state.WriteFile(Cached, Encoding.UTF8.GetBytes(text), FileMetadata.Root(0x180, 0));
        }

        return entry;
    }

    /// <summary>As the last fetch had it; null when there was none.</summary>
    internal static HostEntry? Last(ImageRoot root, ImagePath state, string pcName)
    {
        var hosts = HostsFile.Parse(root.TryReadText(Cached.Under(state)) ?? "", "hosts");
        return hosts.Find(pcName) ?? hosts.Find(pcName.Split('.')[0]);
    }

    private HostEntry? Find(string text, List<string>? notes)
    {
        var hosts = HostsFile.Parse(text, "hosts");
        notes?.AddRange(hosts.Faults);
        return hosts.Find(pcName) ?? hosts.Find(pcName.Split('.')[0]);
    }
}
