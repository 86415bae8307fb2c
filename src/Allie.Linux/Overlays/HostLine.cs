using Allie.Files;
using Allie.Fleet;
using Allie.Linux.Files;

namespace Allie.Linux.Overlays;

/// <summary>This PC's line of the server's hosts file, with the file of the last run as the memory.</summary>
internal sealed class HostLine(ImageRoot state, OverlayServer server, string pcName)
{
    private static readonly ImagePath Cached = ImagePath.Of("hosts");

    /// <summary>Groups and address as the server has them now. A line that vanished is taken for a mistake: the last one holds.</summary>
    internal HostEntry? Fetch(string workDirectory, bool keep, List<string> notes)
    {
        var old = Find(state.TryReadText(Cached) ?? "", notes: null);
        var file = Path.Combine(workDirectory, "hosts");
        if (!server.TryFetchFile("site", "hosts", file))
        {
            return old;
        }

        var text = File.ReadAllText(file);
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
            state.WriteFile(Cached, File.ReadAllBytes(file), FileMetadata.Root(0x180, 0));
        }

        return entry;
    }

    private HostEntry? Find(string text, List<string>? notes)
    {
        var hosts = HostsFile.Parse(text, "hosts");
        notes?.AddRange(hosts.Faults);
        return hosts.Find(pcName) ?? hosts.Find(pcName.Split('.')[0]);
    }
}
