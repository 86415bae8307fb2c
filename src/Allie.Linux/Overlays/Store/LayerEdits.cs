using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Overlays.Store;

/// <summary>What was edited last: git's own log where the overlays are a git checkout, else the newest files.</summary>
public sealed class LayerEdits(ServerTrees trees, IRunner runner)
{
    /// <summary>One edit; When is ISO 8601, What a commit's first line or a path.</summary>
    public sealed record Edit(string When, string Who, string What);

    /// <summary>Null where git does not know the directory (or may not read it: it refuses another user's checkout to root).</summary>
    public IReadOnlyList<Edit>? Git(string? layer, int most)
    {
        var top = trees.Overlays.HostPath;
        if (!HasGit(top))
        {
            return null;
        }

        var outcome = runner.Run(new("git", ["-C", top, "--no-pager", "log", $"-n{most}", "--format=%cI%x09%an%x09%s", "--", layer ?? "."]));
        return outcome.Ok ? [.. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t', 3)).Select(f => new Edit(f[0], f[1], f[2]))] : null;
    }

    public IReadOnlyList<Edit> Newest(IReadOnlyCollection<string> layers, int most) =>
    [
        .. trees.Open(layers).SelectMany(l => Files(l.Root, ImagePath.Root).Select(f => (Path: f.Path.Under(ImagePath.FromRaw(l.Name)), f.Facts)))
            .OrderByDescending(f => f.Facts.MtimeNs).Take(most)
            .Select(f => new Edit(
                DateTimeOffset.FromUnixTimeMilliseconds(f.Facts.MtimeNs / 1_000_000).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ"), $"uid {f.Facts.Uid}", f.Path.ToString()[1..])),
    ];

    internal static IEnumerable<(ImagePath Path, FileFacts Facts)> Files(ImageRoot root, ImagePath directory)
    {
        foreach (var path in root.List(directory).Select(directory.Join))
        {
            var facts = root.Stat(path);
            if (!facts.IsDirectory)
            {
                yield return (path, facts);
                continue;
            }

            foreach (var file in Files(root, path))
            {
                yield return file;
            }
        }
    }

    private static bool HasGit(string directory)
    {
        for (var at = new DirectoryInfo(directory); at is not null; at = at.Parent)
        {
            if (Path.Exists(Path.Combine(at.FullName, ".git")))
            {
                return true;
            }
        }

        return false;
    }
}
