using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Fleet;

/// <summary>
/// The server's hosts file: one line per PC or range, "pc[01-40] groups=teaching,gpu images=f18 addr=10.0.0.7 tag.room=W210".
/// A later line adds groups and images to an earlier one's and overrides its address and tags. '#' begins a comment.
/// </summary>
public sealed partial class HostsFile
{
    private readonly Dictionary<string, HostEntry> _entries;

    private HostsFile(Dictionary<string, HostEntry> entries, IReadOnlyList<string> faults)
    {
        _entries = entries;
        Faults = faults;
    }

    public IReadOnlyCollection<HostEntry> Entries => _entries.Values;

    /// <summary>Lines that could not be read, with file, line and reason. The others hold.</summary>
    public IReadOnlyList<string> Faults { get; }

    public static HostsFile Parse(string text, string file)
    {
        var entries = new Dictionary<string, HostEntry>();
        var faults = new List<string>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var words = line.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
            {
                continue;
            }

            try
            {
                foreach (var name in Expand(words[0]))
                {
                    entries[name] = Read(entries.GetValueOrDefault(name) ?? new(name, [], [], null, new Dictionary<string, string>()), words[1..]);
                }
            }
            catch (UserError e)
            {
                faults.Add($"{file}({number}): {e.Message}");
            }
        }

        return new(entries, faults);
    }

    /// <summary>Null for a PC without a line.</summary>
    public HostEntry? Find(string name) => _entries.GetValueOrDefault(name);

    /// <summary>"pc[01-03]" is pc01, pc02, pc03; leading zeros are kept.</summary>
    /// <exception cref="UserError">No host name, or a range that is none.</exception>
    public static IReadOnlyList<string> Expand(string word)
    {
        var match = Range().Match(word);
        if (!match.Success)
        {
            return HostName().IsMatch(word) ? [word] : throw UserError.Refused($"'{word}' is no host name", "letters, digits, '-' and '.', or a range as pc[01-40]");
        }

        var (low, high) = (match.Groups["low"].Value, match.Groups["high"].Value);
        var (from, to) = (int.Parse(low), int.Parse(high));
        if (to < from || to - from > 9999)
        {
            throw UserError.Refused($"range '{word}' is empty or has over 10000 names");
        }

        return [.. Enumerable.Range(from, to - from + 1)
            .Select(n => match.Groups["head"].Value + n.ToString().PadLeft(low.Length, '0') + match.Groups["tail"].Value)];
    }

    private static HostEntry Read(HostEntry entry, IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            var cut = word.IndexOf('=');
            var (key, value) = cut > 0 ? (word[..cut], word[(cut + 1)..]) : (word, "");
            entry = key switch
            {
                "groups" => entry with { Groups = [.. entry.Groups.Union(List(value))] },
                "images" => entry with { Images = [.. entry.Images.Union(List(value))] },
                "addr" => entry with { Address = value },
                _ when key.StartsWith("tag.", StringComparison.Ordinal) && key.Length > 4 =>
                    entry with { Tags = new Dictionary<string, string>(entry.Tags) { [key[4..]] = value } },
                _ => throw UserError.Refused($"unknown word '{word}'; known: groups= images= addr= tag.NAME="),
            };
        }

        return entry;
    }

    private static string[] List(string value) => value.Split(',', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"^(?<head>[A-Za-z0-9.-]*)\[(?<low>\d{1,6})-(?<high>\d{1,6})\](?<tail>[A-Za-z0-9.-]*)$")]
    private static partial Regex Range();

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$")]
    private static partial Regex HostName();
}
