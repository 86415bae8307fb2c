using Allie.Config;

namespace Allie.Fleet;

/// <summary>
/// What one enrolled PC sees over ssh, whose key says who it is: pc with its own line of the hosts file and its own layers alone, its images, and
/// report, where it can only write. What is not named is not shown.
/// </summary>
public static class PcModules
{
    public const string Overlays = "pc";
    public const string Report = "report";

    /// <param name="settings">Paths.</param>
    /// <param name="host">The PC's line.</param>
    /// <param name="published">The images that are published.</param>
    /// <param name="targetsOf">For a layer that is a link: the directories below overlays/ that it leads to.</param>
    public static IReadOnlyList<RsyncdModule> For(ServerSettings settings, HostEntry host, IReadOnlyCollection<string> published, Func<string, IReadOnlyList<string>> targetsOf)
    {
        string[] layers = [.. LayersOf(host)];
        var rules = layers.Concat(layers.SelectMany(targetsOf)).Distinct().SelectMany(Rules).Distinct();
        var lockFile = $"/run/allie-pc-{host.Name}.lock";
        return
        [
            new(Overlays, SshFiles.TopOf(settings, host.Name), "overlays and this PC's line of the hosts file", [])
            {
                Filters = ["+ /hosts", "+ /overlays/", .. rules, "- *"], WholeOnly = true, MostConnections = MostOfOne, LockFile = lockFile,
            },
            .. host.Images.Where(published.Contains).Order(StringComparer.Ordinal).Select(i => ServerModules.Image(settings, i) with { HostsAllow = [] }),
            RsyncdModule.ForReport(Report, $"{settings.Reports}/{host.Name}") with { MostConnections = MostOfOne, LockFile = lockFile },
        ];
    }

    /// <summary>A key that was stolen is not to fill the server with its connections.</summary>
    private const int MostOfOne = 8;

    /// <summary>Directories below overlays/. Without images= no image's own: what a PC may have is said, not guessed.</summary>
    private static IEnumerable<string> LayersOf(HostEntry host)
    {
        yield return "all";
        foreach (var image in host.Images.Where(IsPlain))
        {
            yield return image;
        }

        foreach (var group in host.Groups.Where(IsPlain))
        {
            yield return $"group/{group}/all";
            foreach (var image in host.Images.Where(IsPlain))
            {
                yield return $"group/{group}/{image}";
            }
        }

        yield return "host/" + host.Name;
    }

    /// <summary>In a filter rule '*' and '[' mean other names too.</summary>
    private static bool IsPlain(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') && name is not ("group" or "host");

    /// <summary>The directories above it, itself (a directory or a link), and all below.</summary>
    private static IEnumerable<string> Rules(string layer)
    {
        for (var slash = layer.IndexOf('/'); slash > 0; slash = layer.IndexOf('/', slash + 1))
        {
            yield return $"+ /overlays/{layer[..slash]}/";
        }

        yield return $"+ /overlays/{layer}";
        yield return $"+ /overlays/{layer}/***";
    }
}
