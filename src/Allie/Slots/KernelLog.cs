using System.Text.RegularExpressions;

namespace Allie.Slots;

/// <summary>What the kernel's log tells of a disk since the start: it names the whole disk, whichever partition the sector is in.</summary>
public static partial class KernelLog
{
    /// <summary>"2 I/O errors on sda since the start, the last at sector 4096"; null without any.</summary>
    /// <param name="log">The log's lines, as /dev/kmsg gives them.</param>
    /// <param name="disk">The kernel's name: sda.</param>
    public static string? Errors(string log, string disk)
    {
        var sectors = Failure().Matches(log).Where(m => m.Groups["disk"].Value == disk).Select(m => m.Groups["sector"].Value).ToList();
        return sectors.Count == 0 ? null : $"{sectors.Count} I/O error{(sectors.Count == 1 ? "" : "s")} on {disk} since the start, the last at sector {sectors[^1]}";
    }

    // block/blk-core.c: "I/O error, dev sda, sector 2048 op ..."; also "critical medium error", "critical target error"; before Linux 5.16 with the function's name before it
    [GeneratedRegex(@"(?:I/O|critical (?:medium|target|space allocation)|protection) error, dev (?<disk>\S+?), sector (?<sector>[0-9]+)")]
    private static partial Regex Failure();
}
