using System.Text.RegularExpressions;
using Allie.Errors;
using Allie.Rsync;

namespace Allie.Images.Offer;

/// <summary>The temporary daemon of a golden PC, and the calls that a capture makes to it; or, over ssh, the PC itself.</summary>
public sealed partial record CaptureSource
{
    /// <summary>Who logs in; the daemon of an offer knows no other.</summary>
    public const string User = "allie";

    /// <summary>
    /// What runs, not what is kept: file systems of the running kernel, temporary files, and our own state, which is the PC's; but what overlays have
    /// changed is needed: blandify takes them out by it. Only contents: the directories themselves are part of an image.
    /// </summary>
    private static readonly string[] LeftOut =
    [
        "- /proc/*", "- /sys/*", "- /dev/*", "- /run/*", "- /tmp/*", "- /var/tmp/*", "- /lost+found",
        "+ /var/lib/allie/applied", "+ /var/lib/allie/undo", "+ /var/lib/allie/pending", "+ /var/lib/allie/applying", "- /var/lib/allie/*",
    ];

    private CaptureSource(string host, int port, string passwordFile) => (Host, Port, PasswordFile) = (host, port, passwordFile);

    public string Host { get; }

    public int Port { get; }

    public string PasswordFile { get; }

    /// <summary>Null: an offer is asked, not ssh.</summary>
    public SshSource? Ssh { get; private init; }

    /// <exception cref="UserError">Exit 2: no host name or address.</exception>
    public static CaptureSource Of(string host, int port, string passwordFile) => HostName().IsMatch(host)
        ? new(host, port, passwordFile)
        : throw UserError.Refused($"'{host}' is no host name or address", "name the PC on which allie offer runs");

    /// <exception cref="UserError">Exit 2: no PC, or no place on it.</exception>
    public static CaptureSource Of(SshSource ssh) => HostName().IsMatch(ssh.Host) && SshSource.User().IsMatch(ssh.UserName)
        ? new(ssh.Host, 22, "") { Ssh = ssh }
        : throw UserError.Refused($"'{ssh.Who}' is no PC to reach by ssh", "name it as root@pc7");

    /// <summary>Asks for the top directories that every system has, and writes nothing: what an empty or wrong partition lacks.</summary>
    public RsyncCall Look(string absentDirectory) => To("image", absentDirectory) with
    {
        DryRun = true,
        Itemize = true,
        Filters = ["+ /etc/", "+ /usr/", "- *"],
    };

    /// <summary>True when the answer to <see cref="Look"/> shows a system.</summary>
    public static bool LooksLikeSystem(IEnumerable<RsyncChange> answer)
    {
        var names = answer.Select(c => c.Name).ToHashSet();
        return names.Contains("etc/") && names.Contains("usr/");
    }

    /// <summary>In a running system logs, caches and states move all the time; programs and configuration may not while they are read.</summary>
    public static bool MayMove(RsyncChange change) => change.Name.StartsWith("var/", StringComparison.Ordinal)
        || change.Name.StartsWith("root/", StringComparison.Ordinal) || change.Name.StartsWith("home/", StringComparison.Ordinal) || change.Name is "./" or "etc/";

    /// <summary>
    /// The work tree keeps holes (-S): which files are sparse is read from it at publish. An offer has nothing in its tree but the system's own
    /// file systems, so mounts are crossed there.
    /// </summary>
    public RsyncCall Fetch(string workTree) =>
        To("image", workTree) with { Sparse = true, Delete = true, Progress = true, Filters = LeftOut, CrossFileSystems = Ssh is null };

    /// <summary>Lists what a fetch would still change: nothing, when it is complete.</summary>
    public RsyncCall Verify(string workTree) => Fetch(workTree) with { Progress = false, Itemize = true, DryRun = true };

    /// <summary>Tells the offer that everything arrived, so that it ends.</summary>
    public RsyncCall Finished(string absentDirectory) => To("finished", absentDirectory) with { DryRun = true };

    private RsyncCall To(string module, string directory) => Ssh?.To(directory) ??
        new([$"rsync://{User}@{(Host.Contains(':') ? $"[{Host}]" : Host)}/{module}/"], directory + "/") { Port = Port, PasswordFile = PasswordFile };

    [GeneratedRegex("^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)$")]
    private static partial Regex HostName();
}
