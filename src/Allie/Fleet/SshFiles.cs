using Allie.Config;

namespace Allie.Fleet;

/// <summary>
/// The generated files of the ssh transport: authorized_keys, and each PC's modules in a file of its own, so that a visit reads those alone, and its line of the hosts file.
/// </summary>
/// <param name="AuthorizedKeys">The text.</param>
/// <param name="Confs">Modules and lines, by path.</param>
/// <param name="Notes">For people.</param>
public sealed record SshFiles(string AuthorizedKeys, IReadOnlyDictionary<string, string> Confs, IReadOnlyList<string> Notes)
{
    /// <param name="settings">Paths.</param>
    /// <param name="pcs">Who has a key.</param>
    /// <param name="hosts">The hosts file.</param>
    /// <param name="published">The images that are published.</param>
    /// <param name="targetsOf">See <see cref="PcModules.For"/>.</param>
    public static SshFiles Decide(ServerSettings settings, EnrolledPcs pcs, HostsFile hosts, IReadOnlyCollection<string> published, Func<string, IReadOnlyList<string>> targetsOf)
    {
        var notes = new List<string>();
        var welcome = new Dictionary<string, PublicKey>();
        var confs = new Dictionary<string, string>();
        foreach (var (pc, key) in pcs.Keys.Where(k => !pcs.Revoked.Contains(k.Key)).OrderBy(k => k.Key, StringComparer.Ordinal))
        {
            if (hosts.Find(pc) is not { } host)
            {
                notes.Add($"the key of {pc} opens nothing: the PC has no line in the hosts file");
                continue;
            }

            if (host.Images.Count == 0)
            {
                notes.Add($"{pc} may have no image over ssh: its line in the hosts file has no images=");
            }

            welcome[pc] = key;
            confs[TopOf(settings, pc) + HostsName] = host.Format();
            confs[ConfOf(settings, pc)] = "# Written by: allie server conf.\n" + string.Join('\n', PcModules.For(settings, host, published, targetsOf).Select(m => m.Format()));
        }

        return new(Fleet.AuthorizedKeys.Format(welcome, settings.Overlays, pc => TopOf(settings, pc), pc => ConfOf(settings, pc)), confs, notes);
    }

    /// <summary>End of the name of a PC's own directory.</summary>
    public const string TopEnd = ".d";

    public const string HostsName = "/hosts";

    /// <summary>Empty but for the mount that each visit has of its own.</summary>
    public const string MountPoint = "/overlays";

    /// <summary>The directory that module pc of a PC shows: its line of the hosts file, and the overlays.</summary>
    public static string TopOf(ServerSettings settings, string pc) => $"{settings.Ssh}/pcs/{pc}{TopEnd}";

    public static string ConfOf(ServerSettings settings, string pc) => $"{settings.Ssh}/pcs/{pc}.conf";
}
