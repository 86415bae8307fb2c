using System.Text.RegularExpressions;
using Allie.Errors;
using Allie.Rsync;

namespace Allie.Images.Offer;

/// <summary>A PC that is read over ssh, with no service on it.</summary>
/// <param name="Who">USER@PC, or PC for root.</param>
/// <param name="Root">"/" for the running system, another directory, or a device (/dev/sda5), which is mounted read-only for as long as the transfer runs.</param>
/// <param name="Shell">ssh with its options, as rsync's -e takes it.</param>
public sealed partial record SshSource(string Who, string Root, string Shell)
{
    /// <summary>Never asks: a capture may run without a terminal. Ends when the PC is silent for 15 s: rsync's own timeout does not protect a pulling client.</summary>
    public const string DefaultShell = "ssh -o BatchMode=yes -o ServerAliveInterval=5 -o ServerAliveCountMax=3 -o ConnectTimeout=15";

    /// <summary>Mount points of the running system that are part of it; their files come as if they were its root's.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    public string UserName => Who.Contains('@') ? Who[..Who.LastIndexOf('@')] : "root";

    public string Host => Who[(Who.LastIndexOf('@') + 1)..];

    /// <summary>As ssh takes it.</summary>
    public string Login => $"{UserName}@{Host}";

    public bool IsDevice => Root.StartsWith("/dev/", StringComparison.Ordinal);

    public bool IsAlive => Root == "/";

    /// <exception cref="UserError">Exit 2.</exception>
    public static string CheckRoot(string root) => Place().IsMatch(root) && !root.Split('/').Contains("..")
        ? root.Length > 1 ? root.TrimEnd('/') : root
        : throw UserError.Refused($"'{root}' is no directory or device to capture", "an absolute path of letters, digits and / . _ + : -");

    internal RsyncCall To(string directory)
    {
        var login = $"{UserName}@{(Host.Contains(':') ? $"[{Host}]" : Host)}";
        var top = IsDevice ? "/mnt" : Root.TrimEnd('/');
        return new([$"{login}:{top}/./", .. Parts.Select(p => $"{login}:{top}/.{p}/")], directory)
        {
            Relative = true, Shell = Shell, RemoteRsync = IsDevice ? MountFirst() : null, SourceIsAlive = IsAlive,
        };
    }

    /// <summary>In a mount namespace of rsync's own, so that the PC never sees the mount and nothing is left of it. Options by type: a journal is not replayed.</summary>
    private string MountFirst() =>
        $"unshare -m sh -c 'case $(blkid -p -o value -s TYPE {Root}) in ext3|ext4) o=ro,noload;; xfs) o=ro,norecovery;; *) o=ro;; esac; mount -o $o {Root} /mnt && exec rsync \"$@\"' rsync";

    [GeneratedRegex("^[a-z_][a-z0-9_.-]{0,31}$")]
    internal static partial Regex User();

    [GeneratedRegex("^/[A-Za-z0-9/._+:-]*$")]
    private static partial Regex Place();
}
