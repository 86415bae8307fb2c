using Allie.Files;
using Allie.Overlays.Layers;

namespace Allie.Overlays;

/// <summary>Where no overlay reaches, whatever a layer says.</summary>
/// <param name="state">Our own state directory in the image.</param>
public sealed class ProtectedPaths(ImagePath state)
{
    private static readonly string[] KernelTrees = ["proc", "sys", "dev", "run"];

    private static readonly string[] Pillars =
    [
        "", "bin", "boot", "dev", "etc", "home", "lib", "lib32", "lib64", "libx32", "proc", "root", "run", "sbin", "sys", "tmp", "usr", "usr/bin",
        "usr/lib", "usr/lib64", "usr/sbin", "var", "var/lib",
    ];

    /// <summary>A directory, or link to one, without which nothing of an image works.</summary>
    public static bool IsPillar(ImagePath path) => Pillars.Contains(path.Raw);

    /// <summary>Null when it may be done.</summary>
    public string? Refuse(Wanted wanted)
    {
        if (wanted.Place.IsAtOrBelow(state) || (wanted.Kind != WantedKind.Directory && state.IsAtOrBelow(wanted.Place)))
        {
            return "it is allie's own state";
        }

        var top = KernelTrees.FirstOrDefault(t => wanted.Place.IsAtOrBelow(ImagePath.FromRaw(t)));
        if (top is not null && (wanted.Kind != WantedKind.Directory || wanted.Place.Raw != top))
        {
            return $"/{top} belongs to the running kernel, not to an image";
        }

        return wanted.Kind is not (WantedKind.Directory or WantedKind.Keep) && IsPillar(wanted.Place)
            ? "an image cannot be without this directory or link"
            : null;
    }
}
