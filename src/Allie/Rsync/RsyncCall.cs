
namespace Allie.Rsync;

/// <summary>
/// One call of the real rsync. The options that every call has are in <see cref="Arguments"/> with the reason for each; a call says only
/// what is different about it.
/// </summary>
public sealed record RsyncCall(IReadOnlyList<string> Sources, string Destination)
{
    /// <summary>From one directory here to another.</summary>
    public bool IsLocal => Sources.Append(Destination).All(p => p.StartsWith('/'));

    /// <summary>The target is a freshly made file system that nothing can boot yet: write straight, compare nothing.</summary>
    public bool OntoFreshFileSystem { get; init; }

    /// <summary>Remove at the target what the source does not have; never before everything has arrived.</summary>
    public bool Delete { get; init; }

    /// <summary>
    /// With <see cref="Delete"/>: before anything is written. For a target that nobody could start: what an earlier try left must not take the room.
    /// </summary>
    public bool DeleteFirst { get; init; }

    /// <summary>Filter rules in rsync's own syntax, first match wins ("- /proc/*", "+ /hosts", "P /all").</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>Unchanged files become hard links to those in this directory: a whole new tree next to the old one, for the price of the changes.</summary>
    public string? LinkTo { get; init; }

    /// <summary>File of NUL-separated patterns to leave out.</summary>
    public string? ExcludeFrom { get; init; }

    /// <summary>File of NUL-separated names to fetch, and nothing else.</summary>
    public string? FilesFrom { get; init; }

    /// <summary>Of FilesFrom: directories with all in them, and what the source does not have is no failure. The caller proves that the source is a whole one.</summary>
    public bool AsFarAsThere { get; init; }

    /// <summary>
    /// Of FilesFrom: each entry by itself, a directory without what is in it, whatever size and time it has here. What the source does not have is no
    /// failure. The caller has compared contents, and compares again.
    /// </summary>
    public bool Listed { get; init; }

    /// <summary>Recreate holes. Off by default: on everything it makes a full fetch half as slow again (measured).</summary>
    public bool Sparse { get; init; }

    /// <summary>Compress on the way: for holes, which cross the network as zeros.</summary>
    public bool Compress { get; init; }

    /// <summary>Compare content, not size and time.</summary>
    public bool Checksum { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Print "%i|%n" per change: what a verify pass and a second look read.</summary>
    public bool Itemize { get; init; }

    /// <summary>Print progress2 lines for the progress bar.</summary>
    public bool Progress { get; init; }

    /// <summary>Cross mount points of the source. Off: one image is one file system, and another's mount below is not its own.</summary>
    public bool CrossFileSystems { get; init; }

    /// <summary>Bytes per second as --bwlimit takes them ("10m"); null for no limit.</summary>
    public string? Bandwidth { get; init; }

    /// <summary>A running system is read: files that change or go meanwhile are no failure.</summary>
    public bool SourceIsAlive { get; init; }

    public int Port { get; init; } = 873;

    /// <summary>What is run on the other side instead of "rsync"; a command line of that side's shell.</summary>
    public string? RemoteRsync { get; init; }

    /// <summary>Names below the target begin after "/./" of each source: several file systems of one system become one tree.</summary>
    public bool Relative { get; init; }

    /// <summary>A file with the module's password; never in argv.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Program (and its options) that carries the connection to the daemon; null is straight to its port.</summary>
    public string? Shell { get; init; }

    /// <summary>The content of files and nothing else of them: for a place that takes no more.</summary>
    public bool ContentOnly { get; init; }

    /// <summary>One side is a daemon.</summary>
    public bool IsDaemon => Sources.Append(Destination).Any(s => s.StartsWith("rsync://", StringComparison.Ordinal));

    /// <summary>Who logs in where, when the source is another machine's directory over ssh and no daemon's module.</summary>
    public string? SshLogin => Shell is not null && !IsDaemon && Sources[0].IndexOf(":/", StringComparison.Ordinal) is > 0 and var cut ? Sources[0][..cut] : null;

    public IReadOnlyList<string> Arguments()
    {
        List<string> args = ContentOnly ? ["--whole-file", "--ignore-times"] :
        [
            "-aHAX",                 // everything a root tree has: hard links, ACLs, extended attributes, devices
            "--numeric-ids",         // each image has its own passwd
            "-@-1",                  // compare times to the nanosecond; whole seconds miss a change within one
            "--no-inc-recursive",    // with -H and a failing rename the incremental mode hangs for good
        ];
        args.AddRange(["--outbuf=L", "--no-h"]);
        Add(args, !CrossFileSystems && !ContentOnly, "-x");
        Add(args, OntoFreshFileSystem, "--whole-file", "--inplace");
        Add(args, Delete, DeleteFirst ? "--delete-before" : "--delete-delay"); // delete-during has emptied the target before ENOSPC was met
        Add(args, Sparse, "-S");
        Add(args, Compress, "-z");
        Add(args, Checksum, "-c");
        Add(args, DryRun, "-n");
        Add(args, Itemize, "--out-format=%i|%n");
        Add(args, Progress, "--info=progress2");
        Add(args, Bandwidth is not null, "--bwlimit=" + Bandwidth);

        // XFS shows root each ACL a second time, as an attribute that other file systems do not have: -X would remove it, and the ACL with it.
        // A rule for attributes replaces rsync's own, which is the first of these.
        args.AddRange(["--filter=-x system.*", "--filter=-x trusted.SGI_ACL_*"]);
        Add(args, LinkTo is not null, "--link-dest=" + LinkTo);
        Add(args, ExcludeFrom is not null || FilesFrom is not null, "--from0");
        Add(args, ExcludeFrom is not null, "--exclude-from=" + ExcludeFrom); // before the rules: the first match wins
        args.AddRange(Filters.Select(f => "--filter=" + f));
        Add(args, FilesFrom is not null, "--files-from=" + FilesFrom);
        Add(args, AsFarAsThere, "-r", "--ignore-missing-args"); // --files-from takes -r out of -a

        // A client compares each name that comes with each it asked for: 1.4 s of CPU for 4,850 (measured, 3.5.0), and the square of that for more. In a
        // fetch of all there is one name, the top, which lets everything pass: a sender can do no more here.
        Add(args, Listed, "--ignore-times", "--ignore-missing-args", "--trust-sender");
        Add(args, Shell is not null, "--rsh=" + Shell);
        var isDaemon = IsDaemon && Shell is null;
        Add(args, isDaemon, "--sockopts=TCP_NODELAY"); // its small questions and answers else wait 40 ms each for the other's late acknowledgement
        Add(args, isDaemon && Port != 873, "--port=" + Port);
        Add(args, RemoteRsync is not null, "--rsync-path=" + RemoteRsync);
        Add(args, Relative, "-R");
        Add(args, PasswordFile is not null, "--password-file=" + PasswordFile);
        args.Add("--");
        args.AddRange(Sources);
        args.Add(Destination);
        return args;
    }

    private static void Add(List<string> args, bool wanted, params ReadOnlySpan<string> more)
    {
        if (wanted)
        {
            args.AddRange(more);
        }
    }
}
