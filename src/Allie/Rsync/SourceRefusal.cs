using System.Text.RegularExpressions;
using Allie.Files;

namespace Allie.Rsync;

/// <summary>A name that the sending daemon could not open or read: it did not come, or its directory came empty. All else came.</summary>
/// <param name="Name">As rsync shows it, without the slash in front: \#ooo for what does not print.</param>
/// <param name="Why">"Permission denied (13)".</param>
public sealed partial record SourceRefusal(string Name, string Why)
{
    private const string BecameShorter = "it became shorter while it was read";
    private const string Vanished = "it vanished while it was fetched";

    /// <summary>It was edited at that moment: what came beside it may be torn, and the next fetch finds it as it is by then.</summary>
    public bool IsEdited => Why is BecameShorter or Vanished;

    /// <summary>In the module.</summary>
    public ImagePath Path => ImagePath.FromRaw(Escape().Replace(Name, m => ((char)OctalValue(m.Groups[1].Value)).ToString()));

    /// <summary>From all that rsync said on stderr when it ended with 23 or 24.</summary>
    /// <returns>Null when there is anything that is no refusal: something else is missing then, and nobody knows what.</returns>
    public static IReadOnlyList<SourceRefusal>? AllOf(IEnumerable<string> errors)
    {
        var refused = new Dictionary<string, SourceRefusal>();
        var discarded = new List<string>();
        foreach (var line in errors.Where(l => l.Length > 0 && !Last().IsMatch(l)))
        {
            if (Said().Match(line) is { Success: true } said)
            {
                var name = said.Groups["name"].Value.TrimStart('/');
                if (name.Split('/').Contains(".."))
                {
                    return null;
                }

                refused[name] = new(name, said.Groups["torn"].Success ? BecameShorter : said.Groups["why"].Value);
            }
            else if (Gone().Match(line) is { Success: true } gone)
            {
                var name = gone.Groups["name"].Value.TrimStart('/');
                refused[name] = new(name, Vanished);
            }
            else if (TooLong().Match(line) is { Success: true } tooLong)
            {
                var name = tooLong.Groups["name"].Value;
                refused[name] = new(name, "File name too long (36)");
            }
            else if (Discarded().Match(line) is { Success: true } torn)
            {
                discarded.Add(torn.Groups["name"].Value);
            }
            else
            {
                return null;
            }
        }

        return refused.Count > 0 && discarded.TrueForAll(refused.ContainsKey) ? [.. refused.Values] : null;
    }

    private static int OctalValue(string digits) => Convert.ToInt32(digits, 8) & 0xFF;

    [GeneratedRegex("^rsync (error: some files/attrs were not transferred|warning: some files vanished before they could be transferred) ")]
    private static partial Regex Last();

    /// <summary>
    /// Only a daemon names its module; what this side could not do looks the same but for that. A read that ends before the size that the file
    /// had is no error of the disk: rsync calls it ENODATA (map_ptr in its fileio.c).
    /// </summary>
    [GeneratedRegex("""
        ^rsync: (\[sender\] )?(send_files failed to open |(?<torn>read errors mapping (?=.*: No data available \(61\)$))|read errors mapping |opendir |readlink_stat\(|get_acl: sys_acl_get_file\(|get_xattr_data: lgetxattr\(|get_xattr_names: llistxattr\()"(?<name>.*)" \(in [^)"]+\).*: (?<why>[A-Z][^:]* \([0-9]+\))$
        """)]
    private static partial Regex Said();

    [GeneratedRegex("""
        ^(file|directory) has vanished: "(?<name>.*)" \(in [^)"]+\)$
        """)]
    private static partial Regex Gone();

    /// <summary>What follows a read error in the middle of a file: tried again once, then left out.</summary>
    [GeneratedRegex(@"^(WARNING|ERROR): (?<name>.*) failed verification -- update discarded( \(will try again\))?\.$")]
    private static partial Regex Discarded();

    /// <summary>More than 4095 bytes from the module's top.</summary>
    [GeneratedRegex("^filename overflows max-path len by [0-9]+: (?<name>.*)$")]
    private static partial Regex TooLong();

    [GeneratedRegex(@"\\#([0-7]{3})")]
    private static partial Regex Escape();
}
