using System.Globalization;
using System.Text.RegularExpressions;

namespace Allie.Rsync;

/// <summary>
/// One line of --info=progress2. Percent is of the bytes rsync knows about and may end at 99: success is the exit code alone.
/// FilesLeft and FilesTotal count directory entries.
/// </summary>
public sealed partial record RsyncProgress(long Bytes, int Percent, string Rate, string Remaining, long? FilesLeft, long? FilesTotal)
{
    /// <summary>Null for any other line.</summary>
    public static RsyncProgress? TryParse(string line)
    {
        var match = Line().Match(line);
        return match.Success
            ? new(Number(match, "bytes"), (int)Number(match, "percent"), match.Groups["rate"].Value, match.Groups["time"].Value,
                match.Groups["left"].Success ? Number(match, "left") : null, match.Groups["total"].Success ? Number(match, "total") : null)
            : null;
    }

    private static long Number(Match match, string group) => long.Parse(match.Groups[group].Value.Replace(",", ""), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(?<bytes>[\d,]+)\s+(?<percent>\d+)%\s+(?<rate>\S+/s)\s+(?<time>[\d:?]+)(\s+\(xfr#\d+,\s+(to|ir)-chk=(?<left>\d+)/(?<total>\d+)\))?")]
    private static partial Regex Line();
}
