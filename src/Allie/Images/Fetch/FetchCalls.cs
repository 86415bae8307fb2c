using Allie.Rsync;

namespace Allie.Images.Fetch;

/// <summary>The rsync calls of one fetch, in their order. Url ends with a slash: the tree itself, not a directory of its name.</summary>
public sealed record FetchCalls(string Url, int Port, string Target)
{
    /// <summary>In the target while an `image fetch` is under way: a directory that has it may be gone on with.</summary>
    public const string UnderWay = ".allie-fetch";

    /// <summary>See <see cref="RsyncCall.Bandwidth"/>.</summary>
    public string? Bandwidth { get; init; }

    // The target file system's own directory, and our mark: neither sent nor deleted.
    private static readonly string[] NotTheImages = ["- /lost+found", "- /" + UnderWay];

    /// <summary>
    /// The little that is looked at before anything is written: the stamp, the list of sparse files, and whether the tree has an etc and
    /// a usr at all. An unmounted image directory on the server would give an empty tree with exit code 0.
    /// </summary>
    public static RsyncCall Look(string url, int port, string into) => new([url], into)
    {
        Port = port,
        Filters =
        [
            "+ /etc/", "+ /" + ImageStamp.Path, "+ /usr/", "+ /var/", "+ /var/lib/", "+ /var/lib/allie/", "+ /" + SparsePath, "+ /" + ImageFacts.Path, "- *",
        ],
    };

    /// <summary>Where publish writes the list of sparse files.</summary>
    public const string SparsePath = "var/lib/allie/sparse";

    /// <param name="excludeFrom">File of patterns for what comes with holes; null when the image has none.</param>
    /// <param name="fresh">
    /// Nothing is there but what an earlier try for this same generation brought. In-place writing over another generation could write
    /// through a hard link that the new one does not have.
    /// </param>
    public RsyncCall Main(string? excludeFrom, bool fresh) =>
        Base with { OntoFreshFileSystem = fresh, Delete = true, DeleteFirst = true, ExcludeFrom = excludeFrom, Progress = true };

    public RsyncCall Sparse(string filesFrom) => Base with { Filters = [], FilesFrom = filesFrom, Sparse = true, Compress = true, Progress = true };

    /// <summary>The image's own lists, as far as it has them.</summary>
    public RsyncCall Lists(string filesFrom) => Base with { Filters = [], FilesFrom = filesFrom, Listed = true };

    /// <summary>What the lists told that differs, and nothing else.</summary>
    public RsyncCall Listed(string filesFrom, bool withHoles) => Lists(filesFrom) with { Sparse = withHoles, Compress = withHoles, Progress = true };

    /// <summary>Finds nothing when all is there: names, sizes, times to the nanosecond, owners, modes, links, attributes.</summary>
    public RsyncCall Verify() => Base with { Delete = true, DryRun = true, Itemize = true };

    /// <summary>By content, where a wrong byte keeps the PC from starting.</summary>
    public RsyncCall VerifyContent() => Base with
    {
        Checksum = true, DryRun = true, Itemize = true, Filters = [.. NotTheImages, "+ /boot", "+ /boot/**", "+ /etc", "+ /etc/**", "- /*"],
    };

    /// <summary>What a verify pass found is fetched again, with temporary files.</summary>
    public RsyncCall Repair() => Base with { Delete = true, Progress = true };

    /// <summary>As Repair, for what only its content tells: compared by content again.</summary>
    public RsyncCall RepairContent() => VerifyContent() with { DryRun = false };

    /// <summary>As Verify, by the content of everything: what a seed's size and time alone do not prove. The server reads all of it.</summary>
    public RsyncCall VerifyAll() => Verify() with { Checksum = true };

    /// <summary>As RepairContent, for everything.</summary>
    public RsyncCall RepairAll() => Repair() with { Checksum = true };

    private RsyncCall Base => new([Url], Target) { Port = Port, Filters = NotTheImages, Bandwidth = Bandwidth };
}
