using System.Text;

namespace Allie.Boot.Grub;

/// <summary>
/// allie.cfg in GRUB's directory: the entries of all prepared slots, and the lines that try one. It is ours alone, written whole, and is
/// itself the record of which slots have an entry.
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

    public AllieCfg With(BootEntry entry) =>
        new([.. Without(entry.Slot).Entries.Append((entry.Slot, GrubEntry.Format(entry))).OrderBy(e => e.Item1, StringComparer.Ordinal)]);

    public AllieCfg Without(string slot) => new([.. Entries.Where(e => e.Slot != slot)]);

    public bool Has(string slot) => Entries.Any(e => e.Slot == slot);

    /// <summary>The kernel file that a slot's entry names; null without an entry.</summary>
    public string? KernelOf(string slot) => Entries.FirstOrDefault(e => e.Slot == slot).Text is { } text ? Words(text, "linux ")[0] : null;

    /// <param name="menu">What grub.cfg tells.</param>
    /// <param name="canWrite">GRUB can write to its directory: else no try is written down at all, and nothing that would only print errors.</param>
    public string Format(GrubMenu menu, bool canWrite) =>
        Head + (menu.DefaultIndex is { } index ? $"set fallback={index}\n" : "") + "set allie_before=\"${default}\"\n"
        + string.Concat(Entries.Select(e => e.Text)) + GrubTry.Format(menu.ChecksSignatures, canWrite) + string.Concat(Entries.Select(KernelGuard));

    /// <summary>
    /// A slot whose kernel file is gone is not started: an entry that fails leaves GRUB waiting in its menu where the fallback's index is not
    /// known. A try is used up by it all the same.
    /// </summary>
    private static string KernelGuard((string Slot, string Text) entry)
    {
        var uuid = Words(entry.Text, "search ")[^1];
        var kernel = Words(entry.Text, "linux ")[0];
        return $$"""
            if [ "${default}" = "{{BootEntry.IdOf(entry.Slot)}}" ]; then
              unset allie_root
              search --no-floppy --fs-uuid --set=allie_root {{uuid}}
              if [ ! -s "(${allie_root})"{{kernel}} ]; then
                if [ -n "${allie_default}" -a "${allie_default}" != "{{BootEntry.IdOf(entry.Slot)}}" ]; then
                  set default="${allie_default}"
                else
                  set default="${allie_before}"
                fi
              fi
            fi

            """;
    }

    private static string[] Words(string text, string command) =>
        text.Split('\n').Select(l => l.Trim()).First(l => l.StartsWith(command, StringComparison.Ordinal))[command.Length..].Split(' ');

    /// <summary>"menuentry '...' --unrestricted --id allie-b {" is b.</summary>
    private static string? SlotOf(string line)
    {
        const string Mark = " --id ";
        var at = line.LastIndexOf(Mark, StringComparison.Ordinal);
        return at < 0 ? null : BootEntry.SlotOf(line[(at + Mark.Length)..].TrimEnd('{', ' ').Replace("'", ""));
    }
}
