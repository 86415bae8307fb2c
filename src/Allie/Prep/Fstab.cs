namespace Allie.Prep;

/// <summary>The image's fstab made that of one slot on one PC.</summary>
public static class Fstab
{
    private const string SwapMark = "# swap of this PC (allie prep)";

    /// <summary>The root line names the label that prep gave; added when the image has none (a tree from packages).</summary>
    public static string WithRoot(string text, string label, string type)
    {
        var lines = Lines(text);
        var root = lines.FindIndex(l => l.Point == "/");
        if (root >= 0)
        {
            // The options are the type's own: ext4's errors=remount-ro keeps an xfs from being mounted.
            lines[root] = lines[root].Type is "auto" || lines[root].Type == type
                ? lines[root].WithSpec("LABEL=" + label)
                : FstabLine.Parse($"LABEL={label}\t/\t{type}\tdefaults\t0\t1");
        }
        else
        {
            lines.Insert(0, FstabLine.Parse($"LABEL={label}\t/\t{type}\tdefaults\t0\t1"));
        }

        return Join(lines);
    }

    /// <summary>This PC's swap by UUID, in the place of whatever swap the image names; with none, the image's lines stay.</summary>
    public static string WithSwap(string text, IReadOnlyList<string> uuids)
    {
        if (uuids.Count == 0)
        {
            return text;
        }

        var lines = Lines(text).Where(l => l.Type != "swap" && l.Text != SwapMark).ToList();
        lines.Add(FstabLine.Parse(SwapMark));

        // nofail: a swap partition that is gone must not hold up the start of the PC
        lines.AddRange(uuids.Select(u => FstabLine.Parse($"UUID={u}\tnone\tswap\tsw,nofail\t0\t0")));
        return Join(lines);
    }

    /// <summary>How the swap of the running system is named there: "UUID=...", "/dev/sda2", "LABEL=swap".</summary>
    public static IReadOnlyList<string> SwapSpecs(string text) => [.. Lines(text).Where(l => l.Type == "swap").Select(l => l.Spec)];

    public static string? RootSpec(string text) => Lines(text).FirstOrDefault(l => l.Point == "/")?.Spec;

    private static List<FstabLine> Lines(string text) =>
        text.Length == 0 ? [] : [.. (text.EndsWith('\n') ? text[..^1] : text).Split('\n').Select(FstabLine.Parse)];

    private static string Join(IEnumerable<FstabLine> lines) => string.Concat(lines.Select(l => l.Text + "\n"));
}
