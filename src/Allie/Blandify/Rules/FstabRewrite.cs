using Allie.Files;

namespace Allie.Blandify.Rules;

/// <summary>fstab of one PC to fstab of an image. A line taken out stays as a comment whose mark says why.</summary>
public static class FstabRewrite
{
    public const string SwapMark = "#allie:swap ";
    public const string EspMark = "#allie:esp ";
    public const string LocalMark = "#allie:local ";

    /// <summary>File systems of the kernel or of the network: they are the same on any PC.</summary>
    private static readonly HashSet<string> NoDisk =
    [
        "proc", "sysfs", "devpts", "tmpfs", "ramfs", "devtmpfs", "debugfs", "tracefs", "securityfs", "cgroup", "cgroup2", "mqueue", "hugetlbfs",
        "configfs", "binfmt_misc", "efivarfs", "rpc_pipefs", "nfsd", "usbfs", "fuse", "fusectl", "overlay", "autofs", "nfs", "nfs4", "cifs",
        "smb3", "sshfs", "ceph", "glusterfs", "9p", "virtiofs", "afs", "cvmfs", "lustre", "beegfs",
    ];

    private static readonly string[] Removable = ["/dev/sr", "/dev/cdrom", "/dev/dvd", "/dev/scd", "/dev/fd"];

    /// <param name="text">The file's bytes, one per char.</param>
    /// <param name="label">The root's label.</param>
    /// <param name="exists">Whether the image has a path: a swap file stays only with its file.</param>
    public static string Apply(string text, string label, Func<ImagePath, bool> exists)
    {
        var rooted = false;
        var lines = text.Split('\n').Select(line => Rewrite(line, label, exists, ref rooted)).ToList();
        var result = string.Join('\n', lines);
        if (rooted)
        {
            return result;
        }

        // Without a root line nothing remounts / read-write after boot.
        return result + (result.Length == 0 || result.EndsWith('\n') ? "" : "\n") + $"LABEL={label} / auto defaults 0 1\n";
    }

    private static string Rewrite(string raw, string label, Func<ImagePath, bool> exists, ref bool rooted)
    {
        if (FstabLine.TryParse(raw) is not { } line || IsNoDisk(line))
        {
            return raw;
        }

        if (line is { Point: "/", Type: not "swap" } && !rooted)
        {
            rooted = true;
            return Root(line, label);
        }

        return line switch
        {
            { Type: "swap" } => IsKeptSwap(line, exists) ? raw : SwapMark + raw,
            { Point: "/boot/efi" or "/efi" } => EspMark + raw,
            _ when line.Spec.StartsWith("LABEL=", StringComparison.Ordinal) && line.Point is not ("/" or "/boot") => raw,
            _ when Removable.Any(d => line.Spec.StartsWith(d, StringComparison.Ordinal)) => raw,
            _ => LocalMark + raw,
        };
    }

    /// <summary>Options that name a subvolume go: the image is one flat tree, and the slot's file system is made anew.</summary>
    private static string Root(FstabLine line, string label)
    {
        var kept = line.OptionList.Where(o => !o.StartsWith("subvol=", StringComparison.Ordinal) && !o.StartsWith("subvolid=", StringComparison.Ordinal));
        var options = kept.Count() == line.OptionList.Count ? line.Options : string.Join(',', kept.DefaultIfEmpty("defaults"));
        return line.With("LABEL=" + label, options);
    }

    private static bool IsNoDisk(FstabLine line) =>
        NoDisk.Contains(line.Type) || line.Type.StartsWith("fuse.", StringComparison.Ordinal)
        || line.Spec.Contains(":/") || line.Spec.StartsWith("//", StringComparison.Ordinal)
        || line.OptionList.Intersect(["bind", "rbind", "loop"]).Any();

    private static bool IsKeptSwap(FstabLine line, Func<ImagePath, bool> exists) =>
        line.Spec.StartsWith("LABEL=", StringComparison.Ordinal)
        || (line.Spec.StartsWith('/') && !line.Spec.StartsWith("/dev/", StringComparison.Ordinal)
            && !line.Spec.Split('/').Contains("..") && exists(ImagePath.FromRaw(line.Spec)));
}
