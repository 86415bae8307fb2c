using System.Text.RegularExpressions;

namespace Allie.Images.Offer;

/// <summary>What the log of an offer's daemon tells the person who offers. Names that a stranger chose (user, module) are not repeated.</summary>
public static partial class OfferLog
{
    /// <summary>Null: nothing to tell.</summary>
    public static string? Tell(string line) => Refused().Match(line) is { Success: true } refused
        ? $"refused {refused.Groups[1].Value}: {(refused.Groups[2].Value == "password mismatch" ? "wrong password" : "a login that is not of allie image capture")}"
        : Read().Match(line) is { Success: true } read ? $"{read.Groups[1].Value} has given the password" : null;

    /// <summary>Why the daemon ended by itself; null when it did not say. Its last line only tells the kind of error.</summary>
    public static string? Fault(IEnumerable<string> lines) =>
        lines.Select(l => Line().Match(l).Groups[1].Value).LastOrDefault(l => l.Length > 0 && !l.StartsWith("rsync error:", StringComparison.Ordinal) && !l.StartsWith("rsyncd version", StringComparison.Ordinal));

    [GeneratedRegex(@"^\S+ \S+ \[\d+\] auth failed on module \S+ from \S+ \(([0-9A-Fa-f.:]+)\) for .*?(password mismatch)?$")]
    private static partial Regex Refused();

    [GeneratedRegex(@"^\S+ \S+ \[\d+\] rsync on image/\S* from allie@\S+ \(([0-9A-Fa-f.:]+)\)$")]
    private static partial Regex Read();

    [GeneratedRegex(@"^\S+ \S+ \[\d+\] (.*)$")]
    private static partial Regex Line();
}
