using System.Text.RegularExpressions;
using Allie.Boot.Grub;

namespace Allie.Installers.Media;

/// <summary>The boot menus of an installer's medium, isolinux's and GRUB's: adds words to each line that starts an installer.</summary>
public static partial class MediumMenu
{
    /// <summary>The check of the medium's own checksum, which no longer fits once a file was added.</summary>
    private static readonly string[] Dropped = ["rd.live.check", "mediacheck"];

    /// <summary>The text anew, and how many lines are others; a rescue system or a memory test stays as it is.</summary>
    public static (string Text, int Changed) Add(string text, IReadOnlyList<string> words)
    {
        var changed = 0;
        var lines = text.Split('\n').Select(line =>
        {
            var ended = line.EndsWith('\r');
            var one = Line(ended ? line[..^1] : line, words);
            changed += one is null ? 0 : 1;
            return one is null ? line : ended ? one + "\r" : one;
        }).ToList();
        return (string.Join('\n', lines), changed);
    }

    /// <summary>Null: not an installer's line, or it has our words already.</summary>
    private static string? Line(string line, IReadOnlyList<string> words)
    {
        var start = Start().Match(line);
        if (!start.Success || Other().IsMatch(line) || (start.Groups["isolinux"].Success && !line.Contains("initrd=", StringComparison.Ordinal)))
        {
            return null;
        }

        var ours = start.Groups["isolinux"].Success ? words : [.. words.Select(GrubText.Word)];
        var there = line[start.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (ours.All(there.Contains))
        {
            return null;
        }

        var kept = there.Where(w => !Dropped.Contains(w)).ToList();
        var dashes = kept.FindIndex(w => w is "---" or "--");
        kept.InsertRange(dashes < 0 ? kept.Count : dashes, ours);
        return start.Value + string.Join(' ', kept);
    }

    [GeneratedRegex(@"^\s*(?:(?<isolinux>append)|linux(?:efi|16)?\s+[^\s]*/\S*)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Start();

    [GeneratedRegex(@"rescue|memtest|hdt|/boot/memtest")]
    private static partial Regex Other();
}
