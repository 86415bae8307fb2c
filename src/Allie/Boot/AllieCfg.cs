using System.Text;

namespace Allie.Boot;

/// <summary>
/// allie.cfg in GRUB's directory: the entries of all prepared slots. It is ours alone, written whole, and is itself the record of which
/// slots have an entry.
/// </summary>
public sealed record AllieCfg(IReadOnlyList<(string Slot, string Text)> Entries)
{
    public const string FileName = "allie.cfg";

    private const string Head = "# The entries of the slots that allie prep filled. Written anew each time: do not edit.\n";

    /// <summary>Entries that <see cref="GrubEntry.Format"/> wrote, word for word; anything else in the file is dropped.</summary>
    public static AllieCfg Parse(string text)
    {
        var entries = new List<(string, string)>();
        StringBuilder? entry = null;
        var slot = "";
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("menuentry ", StringComparison.Ordinal) && SlotOf(line) is { } found)
            {
                (entry, slot) = (new(), found);
            }

            entry?.Append(line).Append('\n');
            if (line == "}" && entry is not null)
            {
                entries.Add((slot, entry.ToString()));
                entry = null;
            }
        }

        return new(entries);
    }

    public AllieCfg With(GrubEntry entry) =>
        new([.. Without(entry.Slot).Entries.Append((entry.Slot, entry.Format())).OrderBy(e => e.Item1, StringComparer.Ordinal)]);

    public AllieCfg Without(string slot) => new([.. Entries.Where(e => e.Slot != slot)]);

    public bool Has(string slot) => Entries.Any(e => e.Slot == slot);

    public string Format() => Head + string.Concat(Entries.Select(e => e.Text));

    /// <summary>"menuentry '...' --unrestricted --id allie-b {" is b.</summary>
    private static string? SlotOf(string line)
    {
        const string Mark = " --id ";
        var at = line.LastIndexOf(Mark, StringComparison.Ordinal);
        var prefix = GrubEntry.IdOf("");
        var id = at < 0 ? "" : line[(at + Mark.Length)..].TrimEnd('{', ' ').Replace("'", "");
        return id.StartsWith(prefix, StringComparison.Ordinal) ? id[prefix.Length..] : null;
    }
}
