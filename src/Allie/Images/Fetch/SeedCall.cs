using Allie.Rsync;

namespace Allie.Images.Fetch;

/// <summary>The local copy of a seed: what an image consists of, not what people and services keep beside it.</summary>
public static class SeedCall
{
    // Data of this PC and of its people, which no image brings and which may be larger than any. The names themselves stay: they have attributes.
    private static readonly string[] NotAnImages =
    [
        "proc", "sys", "dev", "run", "tmp", "mnt", "media", "home", "srv", "scratch", "root/.cache", "var/tmp", "var/cache", "var/log", "var/crash", "var/spool",
        "var/lib/allie", "var/lib/docker", "var/lib/containers", "var/lib/libvirt", "var/lib/machines",
    ];

    /// <param name="seed">The top of a tree, mounted.</param>
    /// <param name="target">A fresh file system.</param>
    /// <param name="excludeFrom">What comes with holes; that is fetched.</param>
    public static RsyncCall Make(string seed, string target, string? excludeFrom) => new([seed.TrimEnd('/') + "/"], target.TrimEnd('/') + "/")
    {
        OntoFreshFileSystem = true,
        SourceIsAlive = true,
        ExcludeFrom = excludeFrom,
        Filters = [.. NotAnImages.Select(d => $"- /{d}/*"), "- /lost+found"],
        Progress = true,
    };
}
