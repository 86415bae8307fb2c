using System.Text.RegularExpressions;
using Allie.Rsync;

namespace Allie.Images.Fetch;

/// <summary>
/// Which directories one of two streams takes so that both end at about the same time. Hard links across the cut would arrive as two
/// files; the comparison after the fetch finds and mends those.
/// </summary>
public static partial class TreeHalves
{
    private const int Deepest = 4;

    /// <summary>What one entry costs beside its bytes: a small file takes about as long as this much of a large one (measured, loopback).</summary>
    private const long EntryBytes = 40 * 1024;

    public static long Weight(long bytes, long entries) => bytes + (entries * EntryBytes);

    /// <param name="weights">Of each directory with all below it, by its path; "" is the whole tree.</param>
    public static IReadOnlyList<string> Second(IReadOnlyDictionary<string, long> weights)
    {
        var taken = new List<string>();
        var below = weights.Keys.Where(k => k.Length > 0).ToLookup(k => k.LastIndexOf('/') is var i and >= 0 ? k[..i] : "");
        _ = Take("", weights.GetValueOrDefault("") / 2, 1);
        return taken;

        // The largest first; one that is too large is opened and its own directories are looked at.
        long Take(string directory, long room, int depth)
        {
            foreach (var child in below[directory].Where(c => Plain().IsMatch(c)).OrderByDescending(c => weights[c]).ThenBy(c => c, StringComparer.Ordinal))
            {
                if (weights[child] <= room)
                {
                    taken.Add(child);
                    room -= weights[child];
                }
                else if (depth < Deepest)
                {
                    room = Take(child, room, depth + 1);
                }
            }

            return room;
        }
    }

    /// <summary>Two calls for one. Only onto a fresh file system: over anything else each would wait for the other's hard links.</summary>
    /// <param name="all">What is to be copied.</param>
    /// <param name="second">The directories of the second call.</param>
    public static (RsyncCall First, RsyncCall Second) Of(RsyncCall all, IReadOnlyList<string> second)
    {
        var above = second.SelectMany(Above).Distinct();
        return (
            all with { Filters = [.. all.Filters, .. second.Select(d => "- /" + d)] },
            all with { Filters = [.. all.Filters, .. above.Select(d => $"+ /{d}/"), .. second.SelectMany(d => new[] { $"+ /{d}/", $"+ /{d}/**" }), "- *"] });
    }

    /// <summary>usr and usr/lib for usr/lib/x.</summary>
    private static IEnumerable<string> Above(string directory)
    {
        for (var slash = directory.IndexOf('/'); slash >= 0; slash = directory.IndexOf('/', slash + 1))
        {
            yield return directory[..slash];
        }
    }

    /// <summary>Names that need no quoting in a filter rule.</summary>
    [GeneratedRegex("^[A-Za-z0-9._+/-]+$")]
    private static partial Regex Plain();
}
