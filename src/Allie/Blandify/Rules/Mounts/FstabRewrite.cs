using System.Text.RegularExpressions;
using Allie.Blandify.Table;
using Allie.Files;

namespace Allie.Blandify.Rules.Mounts;

/// <summary>
/// fstab of one PC to fstab of an image, decided by mount point and type, never by UUID. Lines that stay are kept byte for byte; a line of
/// another disk stays as a comment whose mark says why.
/// </summary>
public sealed partial class FstabRewrite
{
    public const string EspMark = "#allie:esp ";
    public const string LocalMark = LineEdit.LocalMark;

    /// <summary>File systems of the kernel or of the network: they are the same on any PC.</summary>
    private static readonly HashSet<string> NoDisk =
    [
        "proc", "sysfs", "devpts", "tmpfs", "ramfs", "devtmpfs", "debugfs", "tracefs", "securityfs", "cgroup", "cgroup2", "mqueue", "hugetlbfs",
        "configfs", "binfmt_misc", "efivarfs", "rpc_pipefs", "nfsd", "usbfs", "fuse", "fusectl", "overlay", "autofs", "nfs", "nfs4", "cifs",
        "smb3", "sshfs", "ceph", "glusterfs", "9p", "virtiofs", "afs", "cvmfs", "lustre", "beegfs",
    ];

    private static readonly string[] Removable = ["/dev/sr", "/dev/cdrom", "/dev/dvd", "/dev/scd", "/dev/fd"];

    private readonly FstabTarget _target;
    private readonly Func<ImagePath, bool> _exists;
    private readonly string? _rootSpec;
    private readonly List<string> _notes = [];
    private bool _rooted;
    private bool _swapped;

    private FstabRewrite(string text, FstabTarget target, Func<ImagePath, bool> exists)
    {
        (_target, _exists) = (target, exists);
        var lines = FstabLine.All(text).ToList();
        _rootSpec = lines.FirstOrDefault(l => l is { Point: "/", Type: not "swap" })?.Spec;
        _swapped = lines.Any(l => l.Type == "swap" && l.Spec == "LABEL=" + target.SwapLabel);
    }

    /// <param name="text">The file's bytes, one per char.</param>
    /// <param name="target">What disks are called.</param>
    /// <param name="exists">Whether the image has a path: a swap file stays only with its file.</param>
    /// <param name="notes">What an administrator should look at.</param>
    public static string Apply(string text, FstabTarget target, Func<ImagePath, bool> exists, out IReadOnlyList<string> notes)
    {
        var rewrite = new FstabRewrite(text, target, exists);
        var result = LineEdit.Each(text, rewrite.Line);
        notes = rewrite._notes;
        if (rewrite._rooted)
        {
            return result;
        }

        // Without a root line nothing remounts / read-write after boot.
        return result + (result.Length == 0 || result.EndsWith('\n') ? "" : "\n") + $"LABEL={target.Label} / {target.FileSystem ?? "auto"} defaults 0 1\n";
    }

    private string? Line(string raw)
    {
        if (InstallerNote().IsMatch(raw))
        {
            return null;
        }

        if (FstabLine.TryParse(raw) is not { } line || IsNoDisk(line))
        {
            return raw;
        }

        if (line is { Point: "/", Type: not "swap" } && !_rooted)
        {
            _rooted = true;
            return RootLine.For(line, _target.Label, _target.FileSystem);
        }

        return line switch
        {
            { Type: "swap" } => Swap(line),
            { Point: "/boot" } => _target.BootLabel is { } label ? line.With("LABEL=" + label) : null,
            { Point: "/boot/efi" or "/efi" } => $"{EspMark}{line.Point} {line.Type} {(line.Options.Length > 0 ? line.Options : "defaults")}",
            _ when _target.KeptMounts.TryGetValue(line.Point, out var spec) => line.With(spec),
            { Type: "btrfs" } when line.Spec == _rootSpec && line.OptionList.Any(RootLine.IsSubvolume) => Flattened(line),
            _ when IsLabel(line.Spec) && line.Point != "/" => Labelled(line),
            _ when Removable.Any(d => line.Spec.StartsWith(d, StringComparison.Ordinal)) => raw,
            _ => Local(line),
        };
    }

    private string? Swap(FstabLine line)
    {
        if (IsLabel(line.Spec))
        {
            return line.Raw;
        }

        if (line.Spec.StartsWith('/') && !line.Spec.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return !line.Spec.Split('/').Contains("..") && _exists(ImagePath.FromRaw(line.Spec)) ? line.Raw : null;
        }

        if (_swapped)
        {
            return null;
        }

        _swapped = true;
        var options = new[] { "defaults" }.Concat(_target.HasSystemd ? ["nofail"] : []).Concat(line.OptionList.Where(o => o.StartsWith("pri=", StringComparison.Ordinal)));
        return $"LABEL={_target.SwapLabel} none swap {string.Join(',', options)} 0 0{(line.Raw.EndsWith('\r') ? "\r" : "")}";
    }

    /// <summary>The captured tree has the subvolumes' files as plain directories.</summary>
    private string? Flattened(FstabLine line)
    {
        if (line.Point == "/home")
        {
            _notes.Add("/home was a subvolume of / and is a directory of the image now");
        }

        return null;
    }

    private string Labelled(FstabLine line)
    {
        if (!line.OptionList.Contains("nofail") && !line.OptionList.Contains("noauto"))
        {
            _notes.Add($"{line.Point} has no 'nofail': a PC without {line.Spec} stops while it boots");
        }

        const string Forever = "x-systemd.device-timeout=0";
        return line.OptionList.Contains(Forever)
            ? line.With(null, null, null, string.Join(',', line.OptionList.Where(o => o != Forever).DefaultIfEmpty("defaults")))
            : line.Raw;
    }

    private string Local(FstabLine line)
    {
        _notes.Add($"{line.Point} is on {line.Spec}, a disk of the captured PC: its line is a comment now");
        return LocalMark + line.Raw;
    }

    private static bool IsLabel(string spec) => spec.StartsWith("LABEL=", StringComparison.Ordinal);

    private static bool IsNoDisk(FstabLine line) =>
        NoDisk.Contains(line.Type) || line.Type.StartsWith("fuse.", StringComparison.Ordinal)
        || line.Spec.Contains(":/") || line.Spec.StartsWith("//", StringComparison.Ordinal)
        || line.OptionList.Intersect(["bind", "rbind", "loop"]).Any();

    /// <summary>What the installers of Debian and Ubuntu note above a line.</summary>
    [GeneratedRegex(@"^#.*\bwas on /dev/\S+ during (curtin )?installation|^# device during installation")]
    private static partial Regex InstallerNote();
}
