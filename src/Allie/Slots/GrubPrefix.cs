using System.Globalization;
using System.Text.RegularExpressions;

namespace Allie.Slots;

/// <summary>GRUB's $prefix, which our boot entries pass on the kernel line: "(hd0,gpt2)/boot/grub".</summary>
public static partial class GrubPrefix
{
    /// <summary>The partition's number; null when the prefix names none (a disk without partitions, LVM, RAID).</summary>
    public static int? PartitionOf(string prefix) =>
        Form().Match(prefix) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^\([a-z]+[0-9]+,(?:gpt|msdos)?([0-9]{1,4})\)")]
    private static partial Regex Form();
}
