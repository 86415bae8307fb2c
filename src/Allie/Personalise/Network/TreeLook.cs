using Allie.Blandify;
using Allie.Files;

namespace Allie.Personalise.Network;

/// <summary>What is installed and switched on in a tree.</summary>
internal static class TreeLook
{
    internal static bool HasAny(ITreeView tree, params string[] paths) => paths.Any(p => tree.Find(ImagePath.Of(p)) is not null);

    /// <summary>A program of systemd: networkd, resolved.</summary>
    internal static bool HasSystemd(ITreeView tree, string program) => HasAny(tree, "usr/lib/systemd/systemd-" + program, "lib/systemd/systemd-" + program);

    internal static bool IsMasked(ITreeView tree, string unit) => tree.LinkTarget(ImagePath.Of("etc/systemd/system/" + unit)) == "/dev/null";

    /// <summary>Some target wants it. Presets are not looked at: they count only at a first boot.</summary>
    internal static bool IsEnabled(ITreeView tree, string unit) =>
        tree.Names(ImagePath.Of("etc/systemd/system")).Where(n => n.EndsWith(".wants", StringComparison.Ordinal))
            .Any(n => tree.Find(ImagePath.Of("etc/systemd/system").Join(n).Join(unit)) is not null) && !IsMasked(tree, unit);

    internal static IReadOnlyList<ImagePath> RegularIn(ITreeView tree, ImagePath directory, Func<string, bool> wanted) =>
        [.. tree.Names(directory).Where(wanted).Select(directory.Join).Where(p => tree.Find(p) is { IsRegular: true, Size: > 0 })];
}
