using Allie.Blandify.Rules.Mounts;
using Allie.Files;

namespace Allie.Personalise;

/// <summary>The image's fstab made that of one slot on one PC.</summary>
public static class Fstab
{
    /// <summary>The root line names the label that prep gave, and the type; added when the image has none (a tree from packages). Byte for byte the same where it does already.</summary>
    /// <param name="text">The file.</param>
    /// <param name="label">Of the file system that the image is on.</param>
    /// <param name="type">Its type; empty where it is not known.</param>
    public static string WithRoot(string text, string label, string type)
    {
        var lines = Lines(text);
        var at = lines.FindIndex(l => FstabLine.TryParse(l) is { Point: "/" });
        if (at < 0)
        {
            return Join(lines.Prepend($"LABEL={label}\t/\t{(type.Length > 0 ? type : "auto")}\tdefaults\t0\t1"));
        }

        var changed = RootLine.For(FstabLine.TryParse(lines[at])!, label, type.Length > 0 ? type : null);
        if (changed == lines[at])
        {
            return text;
        }

        lines[at] = changed;
        return Join(lines);
    }

    /// <summary>This PC's own lines at the end. Its swap takes the place of whatever swap the image names; without any, the image's lines stay.</summary>
    public static string WithOwn(string text, IReadOnlyList<FstabLine> own)
    {
        var without = OwnBlock.Put(text, []);
        var kept = own.Any(l => l.Type == "swap") ? Join(Lines(without).Where(l => FstabLine.TryParse(l) is not { Type: "swap" })) : without;
        return OwnBlock.Put(kept, [.. own.Select(l => l.Raw)]);
    }

    public static string? RootSpec(string text) => FstabLine.All(text).FirstOrDefault(l => l.Point == "/")?.Spec;

    private static List<string> Lines(string text) => text.Length == 0 ? [] : [.. (text.EndsWith('\n') ? text[..^1] : text).Split('\n')];

    private static string Join(IEnumerable<string> lines) => string.Concat(lines.Select(l => l + "\n"));
}
