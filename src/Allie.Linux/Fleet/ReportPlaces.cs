using Allie.Config;
using Allie.Files;
using Allie.Fleet;
using Allie.Linux.Files;

namespace Allie.Linux.Fleet;

/// <summary>reports/H, where PC H writes: made for each PC that has a module for it. What is there is never removed.</summary>
public sealed class ReportPlaces(ServerSettings settings)
{
    public IReadOnlyList<string> Missing(IEnumerable<string> pcs) =>
        [.. pcs.Distinct().Order(StringComparer.Ordinal).Select(p => $"{settings.Reports}/{p}").Where(d => !Directory.Exists(d))];

    public static void Make(IEnumerable<string> directories)
    {
        foreach (var directory in directories)
        {
            PrivateDirectory.Make(Path.GetDirectoryName(directory)!);
            using var reports = ImageRoot.Open(Path.GetDirectoryName(directory)!);
            var place = ImagePath.Of(Path.GetFileName(directory));
            reports.MakeDirectories(place, 0x1C0);
            reports.SetMetadata(place, FileMetadata.Root(0x1C0, ImageRoot.Now) with { Uid = RsyncdModule.ReportOwner, Gid = RsyncdModule.ReportOwner });
        }
    }
}
