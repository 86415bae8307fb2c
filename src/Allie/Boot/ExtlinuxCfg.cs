using System.Text;

namespace Allie.Boot;

/// <summary>allie.cfg beside extlinux.conf: a label for each prepared slot, and the committed one as the default (the last DEFAULT counts).</summary>
public sealed record ExtlinuxCfg(IReadOnlyList<(string Slot, string Text)> Labels, string? Default)
{
    public const string FileName = "allie.cfg";

    public static readonly MarkedBlock Include = new("INCLUDE " + FileName);

    private const string Head = "# The entries of the slots that allie prep filled. Written anew each time: do not edit.\n";

    public static ExtlinuxCfg Parse(string text)
    {
        var labels = new List<(string Slot, StringBuilder Text)>();
        string? chosen = null;
        foreach (var line in text.Split('\n').Where(l => l.Length > 0 && !l.StartsWith('#')))
        {
            var words = line.Trim().Split(' ', 2);
            switch (words)
            {
                case ["LABEL", var id] when BootEntry.SlotOf(id) is { } slot:
                    labels.Add((slot, new StringBuilder(line).Append('\n')));
                    break;
                case ["DEFAULT", var id]:
                    chosen = BootEntry.SlotOf(id);
                    break;
                case [not ("ONTIMEOUT" or "ONERROR"), ..] when labels.Count > 0:
                    labels[^1].Text.Append(line).Append('\n');
                    break;
            }
        }

        return new([.. labels.Select(l => (l.Slot, l.Text.ToString()))], chosen);
    }

    /// <summary>The label that extlinux.conf itself starts; null where it names none.</summary>
    public static string? DefaultOf(string conf) =>
        conf.Split('\n').Select(l => l.Trim().Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries))
            .LastOrDefault(w => w is [var key, _] && key.Equals("default", StringComparison.OrdinalIgnoreCase))?[1].Trim();

    public bool Has(string slot) => Labels.Any(l => l.Slot == slot);

    public ExtlinuxCfg Without(string slot) => new([.. Labels.Where(l => l.Slot != slot)], Default == slot ? null : Default);

    /// <param name="entry">Kernel and initrd are paths on the loader's own file system, the only one that it reads.</param>
    public ExtlinuxCfg With(BootEntry entry)
    {
        var text = $"LABEL {entry.Id}\n  MENU LABEL {entry.Title}\n  LINUX {entry.Kernel}\n  INITRD {entry.Initrd}\n  APPEND {entry.Line}\n";
        return new([.. Without(entry.Slot).Labels.Append((entry.Slot, text)).OrderBy(l => l.Item1, StringComparer.Ordinal)], Default);
    }

    /// <param name="before">What is started without us, from <see cref="DefaultOf"/>: also when a kernel file is gone, where the loader would wait for a key.</param>
    public string Format(string? before) =>
        Head + (before is null ? "" : $"ONERROR {before}\n") + string.Concat(Labels.Select(l => l.Text))
        + (Default is { } slot ? $"DEFAULT {BootEntry.IdOf(slot)}\nONTIMEOUT {BootEntry.IdOf(slot)}\n" : "");
}
