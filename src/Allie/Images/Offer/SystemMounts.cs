using Allie.Files;

namespace Allie.Images.Offer;

/// <summary>A file system that belongs to a system although it is not its root: what fstab names it, where it belongs, and its type.</summary>
public readonly record struct SystemMount(string Spec, string Point, string Type);

/// <summary>
/// Which file systems besides the root are part of an image: those below /usr, /var, /opt and /boot. Homes, /srv, data and the EFI system
/// partition, which all systems of a PC share, are the PC's own; file systems of the running kernel or of the network are nobody's.
/// </summary>
public static class SystemMounts
{
    private static readonly string[] Parts = ["/usr", "/var", "/opt", "/boot"];
    private static readonly string[] OnDisks = ["ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "jfs", "vfat"];

    public static bool IsPart(string point) => point != "/boot/efi" && Parts.Any(p => point == p || point.StartsWith(p + "/", StringComparison.Ordinal));

    public static bool IsOnDisk(string type) => OnDisks.Contains(type);

    /// <summary>The lines of that system's fstab that are part of it, parents before what is below them.</summary>
    public static IReadOnlyList<SystemMount> OfFstab(string fstab) =>
        [.. FstabLine.All(fstab)
            .Where(l => IsPart(l.Point) && (IsOnDisk(l.Type) || l.Type == "auto") && !l.Point.Split('/').Contains("..") && !l.OptionList.Contains("noauto") && !l.OptionList.Contains("bind"))
            .Select(l => new SystemMount(l.Spec, l.Point.TrimEnd('/'), l.Type)).OrderBy(m => m.Point, StringComparer.Ordinal)];

    /// <summary>What is mounted in a running system (lines of its mountinfo): parts of it, and what is left out, such as homes. "/" is in neither.</summary>
    public static (IReadOnlyList<string> Parts, IReadOnlyList<string> LeftOut) OfMountinfo(IEnumerable<string> lines)
    {
        var mounts = lines.Select(l => l.Split(" - ", 2)).Where(h => h.Length == 2)
            .Select(h => (Fields: h[0].Split(' '), Type: h[1].Split(' ')[0]))
            .Where(m => m.Fields.Length > 4 && IsOnDisk(m.Type)).Select(m => (Point: m.Fields[4], Inner: m.Fields[3])).ToList();

        // A bind mount shows what is elsewhere already; what has a blank or a backslash (\040) in its name is no place of a system.
        var plain = mounts.Where(m => m.Point != "/" && !m.Point.Contains('\\')).DistinctBy(m => m.Point).OrderBy(m => m.Point, StringComparer.Ordinal).ToList();
        var parts = plain.Where(m => IsPart(m.Point) && (m.Inner == "/" || m.Inner.StartsWith("/@", StringComparison.Ordinal))).Select(m => m.Point).ToList();
        return (parts, [.. plain.Select(m => m.Point).Except(parts)]);
    }
}
