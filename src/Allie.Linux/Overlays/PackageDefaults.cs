using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Overlays.Lint;

namespace Allie.Linux.Overlays;

/// <summary>Files that a package left beside one of ours instead of putting its new default over it (etc/motd.rpmnew).</summary>
internal static class PackageDefaults
{
    /// <param name="root">The image.</param>
    /// <param name="files">What we put there.</param>
    /// <param name="mounts">Network file systems are not looked into.</param>
    internal static IReadOnlyList<ImagePath> Beside(ImageRoot root, IReadOnlyCollection<ImagePath> files, Mountpoints mounts)
    {
        var ours = files.ToHashSet();
        return [.. files.Select(f => f.Parent).Distinct().Where(d => mounts.Network(d) is null).SelectMany(d => Names(root, d).Select(d.Join))
            .Where(p => !ours.Contains(p) && EntryLint.WithoutNewDefaultEnd(p) is { } meant && ours.Contains(meant)).Order()];
    }

    private static IReadOnlyList<string> Names(ImageRoot root, ImagePath directory)
    {
        try
        {
            return root.List(directory);
        }
        catch (LinuxException)
        {
            return []; // it has gone since, or is no directory any more
        }
    }
}
