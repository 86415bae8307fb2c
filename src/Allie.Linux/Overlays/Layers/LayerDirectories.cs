using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Overlays.State;

namespace Allie.Linux.Overlays.Layers;

/// <summary>Layers as they lie on the PC: below state/layers, or below a directory that a fetch fills.</summary>
internal static class LayerDirectories
{
    /// <summary>It has anything but directories. A layer that had files and has none is taken for one whose disk is not mounted.</summary>
    internal static bool HasFiles(ImageRoot root, ImagePath directory) =>
        root.TryStat(directory) is { IsDirectory: true } && HasFilesBelow(root, directory);

    /// <summary>Each directory by itself: their path from our state's own may be longer than the kernel takes.</summary>
    private static bool HasFilesBelow(ImageRoot root, ImagePath directory)
    {
        using var opened = root.OpenBelow(directory);
        var entries = opened.Entries(ImagePath.Root);
        return entries.Any(e => e.Kind != FileKind.Directory) || entries.Any(e => HasFilesBelow(opened, ImagePath.FromRaw(e.Name)));
    }

    /// <summary>Puts the fetched layer in the cached one's place. The old one goes last.</summary>
    internal static void Switch(ImageRoot root, ImagePath fetched, ImagePath cached)
    {
        root.MakeDirectories(cached.Parent, 0x1C0);
        var aside = Temporaries.Beside(cached);
        if (root.Exists(cached))
        {
            root.Rename(cached, aside);
        }

        root.Rename(fetched, cached);
        root.RemoveTree(aside);
    }
}
