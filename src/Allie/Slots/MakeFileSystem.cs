using Allie.Errors;

namespace Allie.Slots;

/// <summary>How each file system is made: with nothing that boot loaders of the last years do not read.</summary>
public static class MakeFileSystem
{
    /// <summary>The types that a slot may get.</summary>
    public static readonly IReadOnlyList<string> Types = ["ext4", "xfs", "btrfs"];

    /// <summary>Bytes that the label may have: e2fsprogs' ext2_fs.h, xfs_format.h, btrfs' ctree.h.</summary>
    public static int MostLabelBytes(string type) => type switch
    {
        "xfs" => 12,
        "btrfs" => 255,
        _ => 16,
    };

    /// <exception cref="UserError">Exit 2.</exception>
    public static string Check(string type) =>
        Types.Contains(type) ? type : throw UserError.Refused($"'{type}' is no file system for a slot", "one of: " + string.Join(", ", Types));

    /// <summary>
    /// Command lines, the first one that the installed tool knows counts: a tool that does not know an option refuses before it writes.
    /// GRUB 2.06 reads neither ext4's metadata_csum_seed and orphan_file, nor XFS' bigtime, inobtcount and nrext64 in every
    /// distribution; later tools make them by default.
    /// </summary>
    public static IReadOnlyList<(string Program, IReadOnlyList<string> Arguments)> Commands(string type, string device, string label, string uuid) => type switch
    {
        "xfs" =>
        [
            .. new[] { "bigtime=0,inobtcount=0,", "" }.SelectMany(m => new[] { new[] { "-i", "nrext64=0" }, [] }.Select(i =>
                ("mkfs.xfs", (IReadOnlyList<string>)["-q", "-f", "-m", $"crc=1,{m}uuid={uuid}", .. i, "-L", label, device]))),
        ],
        "btrfs" => [("mkfs.btrfs", ["-q", "-f", "-L", label, "-U", uuid, device])],
        _ =>
        [
            .. new[] { "^metadata_csum_seed,^orphan_file", "^metadata_csum_seed", "" }.Select(f =>
                ("mkfs.ext4", (IReadOnlyList<string>)["-q", "-F", "-L", label, "-U", uuid, .. f.Length > 0 ? ["-O", f] : Array.Empty<string>(), device])),
        ],
    };

    /// <summary>What a tool says when it does not know an option, and not when the disk fails.</summary>
    public static bool IsUnknownOption(string line) =>
        line.Contains("Invalid filesystem option set", StringComparison.Ordinal) || line.Contains("unknown option", StringComparison.Ordinal);
}
