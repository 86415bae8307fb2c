using System.Text.RegularExpressions;

namespace Allie.Installers.Lint;

/// <summary>Names that stand for a whole disk and not for one partition of it.</summary>
internal static partial class WholeDisk
{
    public static bool Is(string name) => Form().IsMatch(name);

    public static InstallerFinding Finding(string device) => new(0, "whole-disk", $"{device} is a whole disk, and all its partitions would be lost", "the partition that is the slot, as sda3 or nvme0n1p3");

    /// <summary>Also with a glob of the shell in place of the letter or number.</summary>
    [GeneratedRegex(@"^(/dev/)?((sd|hd|vd|xvd|dasd)([a-z]+|[*?]|\[[^]]*\])|nvme(\d+n\d+|\*|\dn\*)|mmcblk\d+|pmem\d+|disk/by-(id|path|diskseq)/(?!.*-part\d+$).*)$")]
    private static partial Regex Form();
}
