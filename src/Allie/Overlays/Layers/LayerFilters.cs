using System.Text;
using Allie.Files;

namespace Allie.Overlays.Layers;

/// <summary>rsync's filter rules (rsync(1), FILTER RULES) that let one call fetch the hosts file and exactly a PC's layers out of the store.</summary>
public static class LayerFilters
{
    /// <param name="layers">Layer directories: all, f18, group/G/f18.</param>
    /// <param name="targets">Directories below overlays/ that layers are links to.</param>
    public static IReadOnlyList<string> For(IReadOnlyList<string> layers, IReadOnlyList<ImagePath> targets)
    {
        string[] trees = [.. layers.Concat(targets.Select(t => Encoding.UTF8.GetString(t.ToBytes()))).Distinct()];
        return
        [
            "+ /hosts", "+ /overlays/",
            .. trees.SelectMany(Parents).Distinct().Select(p => $"+ /overlays/{Plain(p)}/"),
            .. trees.SelectMany(t => new[] { $"+ /overlays/{Plain(t)}", $"+ /overlays/{Plain(t)}/***" }),
            "- *",
        ];
    }

    /// <summary>A name as a pattern: it is the administrator's, and may hold what rsync takes for a wildcard.</summary>
    private static string Plain(string name) => name.Any(c => c is '*' or '?' or '[') ? string.Concat(name.Select(c => c is '*' or '?' or '[' or '\\' ? $"\\{c}" : $"{c}")) : name;

    private static IEnumerable<string> Parents(string layer)
    {
        for (var slash = layer.IndexOf('/'); slash > 0; slash = layer.IndexOf('/', slash + 1))
        {
            yield return layer[..slash];
        }
    }
}
