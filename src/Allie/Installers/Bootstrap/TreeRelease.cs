using Allie.Errors;
using Allie.Overlays.Templates;

namespace Allie.Installers.Bootstrap;

/// <summary>Whether a tree that is there is what --suite calls it, by its os-release(5).</summary>
public static class TreeRelease
{
    /// <summary>Names that stand for another release with time, and that no os-release has.</summary>
    private static readonly HashSet<string> Moving = ["sid", "unstable", "testing", "stable", "oldstable", "experimental", "rawhide", "devel"];

    /// <returns>False when nobody can tell: the tree does not say, or the suite is a name that moves.</returns>
    /// <exception cref="UserError">Exit 2: it is another release.</exception>
    public static bool Require(string osRelease, string suite, string from)
    {
        string Said(string key) => FactTexts.OsRelease(osRelease, key);
        var own = Own(Said("ID"), Said("ID_LIKE"), Said("VERSION_ID"), Said("VERSION_CODENAME"));
        if (own.Length == 0 || own == suite || (InstallerRelease.Is(suite) && InstallerRelease.Parse(suite).ToString() == own))
        {
            return own.Length > 0;
        }

        return Moving.Contains(suite) ? false : throw UserError.Refused(
            $"{from} is {(Said("PRETTY_NAME") is { Length: > 0 } name ? name : own)}, not {suite}",
            $"leave --suite out or say what it is, --suite {own}; packages of another release do not fit it");
    }

    /// <summary>As --suite names it; empty when it does not say.</summary>
    private static string Own(string id, string like, string version, string codename) =>
        id == "fedora" ? "F" + version
        : id == "rhel" || like.Split(' ').Contains("rhel") ? "EL" + version.Split('.')[0]
        : codename.Length > 0 || id is "" or "debian" || like.Contains("debian", StringComparison.Ordinal) ? codename
        : id + version;
}
