using Allie.Errors;

namespace Allie.Fleet;

/// <summary>
/// One module of rsyncd.conf(5). Everything a module needs is said in it: the file may be an administrator's own, whose globals we do
/// not know, and ours must not alter theirs.
/// </summary>
public sealed record RsyncdModule(string Name, string Path, string Comment, IReadOnlyList<string> HostsAllow)
{
    /// <summary>Shown to who asks the daemon for its modules. No for what names a PC or the site.</summary>
    public bool Listed { get; init; }

    /// <summary>Filter rules, "+ /hosts" or "- /host"; what they hide cannot be fetched by any other name either.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>
    /// It can be asked for as a whole only. Filters hide names, and a name below a directory link is another one: asked for by path, or with
    /// links followed, everything that a link leads to inside the chroot would come.
    /// </summary>
    public bool WholeOnly { get; init; }

    /// <summary>How many PCs may fetch at once; modules of one kind share a count by their lock file.</summary>
    public int MostConnections { get; init; } = 200;

    public string LockFile { get; init; } = "/run/allie-rsyncd-overlay.lock";

    /// <summary>Names that may log in, each with its line in <see cref="SecretsFile"/>; none: the address is enough.</summary>
    public IReadOnlyList<string> AuthUsers { get; init; } = [];

    public string? SecretsFile { get; init; }

    /// <summary>A PC puts its report there: two names, nothing can be read or removed, and no owner, link or device comes along.</summary>
    public bool WriteOnly { get; init; }

    /// <param name="name">Of the module.</param>
    /// <param name="path">reports/H, which belongs to <see cref="ReportOwner"/>.</param>
    public static RsyncdModule ForReport(string name, string path) => new(name, path, "report of one PC", [])
    {
        WriteOnly = true, Filters = ["+ /report.json", "+ /apply.log", "- *"], LockFile = "/run/allie-rsyncd-report.lock",
    };

    /// <summary>nobody (uid and gid): what PCs write is written as somebody who owns nothing else in the store.</summary>
    public const int ReportOwner = 65534;

    /// <exception cref="UserError">Exit 2: a value that rsyncd.conf would read as something else.</exception>
    public string Format()
    {
        var owner = WriteOnly ? ReportOwner.ToString() : "root";
        var lines = new List<string>
        {
            $"[{Name}]",
            $"    comment = {Comment}",
            $"    path = {Plain(Path)}",
            $"    uid = {owner}",
            $"    gid = {owner}",
            $"    read only = {(WriteOnly ? "no" : "yes")}",
            $"    write only = {(WriteOnly ? "yes" : "no")}",
            "    use chroot = yes",
            "    numeric ids = yes",
            $"    munge symlinks = {(WriteOnly ? "yes" : "no")}",
            "    fake super = no",
            "    ignore nonreadable = no",
            $"    list = {(Listed ? "yes" : "no")}",
            "    reverse lookup = no",
            "    timeout = 600",
            $"    max connections = {MostConnections}",
            $"    lock file = {LockFile}",
        };
        if (HostsAllow.Count > 0)
        {
            // None: behind an ssh key that says who comes.
            lines.Add($"    hosts allow = {string.Join(' ', HostsAllow.Select(Plain))}");
            lines.Add("    hosts deny = *");
        }

        if (AuthUsers.Count > 0)
        {
            lines.Add($"    auth users = {string.Join(' ', AuthUsers.Select(Plain))}");
            lines.Add($"    secrets file = {Plain(SecretsFile!)}");
            lines.Add("    strict modes = yes");
        }

        if (WriteOnly)
        {
            lines.Add("    incoming chmod = F0640,D0750");
            lines.Add("    refuse options = delete* remove* backup* partial* temp-dir copy-dest compare-dest link-dest links devices specials hard-links copy-* append* inplace write-devices owner group acls xattrs");
        }

        if (Filters.Count > 0)
        {
            lines.Add("    filter = " + string.Join(' ', Filters));
        }

        if (WholeOnly)
        {
            lines.Add("    refuse options = copy-links copy-dirlinks copy-unsafe-links files-from");
            lines.Add("    pre-xfer exec = " + AskedAsAWhole);
        }

        return string.Join('\n', lines) + "\n";
    }

    /// <summary>
    /// All words of the client but options must be "." and "/". RSYNC_REQUEST would be simpler, but rsync stops filling it at 1024 bytes.
    /// </summary>
    private const string AskedAsAWhole =
        """i=1 w=; while eval "[ \${RSYNC_ARG$i+x} ]"; do eval "a=\$RSYNC_ARG$i"; case $a in -*) ;; *) w="$w $a";; esac; i=$((i+1)); done; [ "$w" = " . /" ]""";

    /// <summary>'%' begins a variable and a line end another parameter in rsyncd.conf.</summary>
    private static string Plain(string value) =>
        value.Any(c => c is '%' or '#' or ';' or '\\' || char.IsControl(c)) || value != value.Trim()
            ? throw UserError.Refused($"'{value}' cannot stand in rsyncd.conf", "choose a path without % # ; \\ and control characters")
            : value;
}
