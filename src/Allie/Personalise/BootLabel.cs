using System.Text.RegularExpressions;
using Allie.Files;
using Allie.Images;

namespace Allie.Personalise;

/// <summary>The root's label in boot files, where it is another than the image came with.</summary>
internal static class BootLabel
{
    private const int GrubEnvironmentBytes = 1024;
    private const string GrubEnvironmentHead = "# GRUB Environment Block\n";

    /// <summary>What the image may call its root so far: its own name, and what its fstab says.</summary>
    internal static IReadOnlyList<string> Former(PersonalFacts facts)
    {
        const string Label = "LABEL=";
        var root = Fstab.RootSpec(facts.New.Text(ImagePath.Of("etc/fstab")) ?? "");
        var stamp = facts.New.Text(ImagePath.Of(ImageStamp.Path));
        return [.. new[] { root?.StartsWith(Label, StringComparison.Ordinal) == true ? root[Label.Length..] : null, stamp is null ? null : ImageStamp.Parse(stamp, "/" + ImageStamp.Path).Name }
            .OfType<string>().Where(l => l != facts.Label).Distinct()];
    }

    /// <summary>Kernel arguments root=LABEL=, grub's `search --label`, GRUB_DEVICE. A GRUB environment block stays 1024 bytes, or GRUB refuses it.</summary>
    internal static string Put(string text, IReadOnlyList<string> former, string? label)
    {
        if (label is null || former.Count == 0)
        {
            return text;
        }

        var names = string.Join('|', former.Select(Regex.Escape));
        var changed = Regex.Replace(text, $@"(?<=\broot=LABEL=|^GRUB_DEVICE=""?LABEL=|^[ \t]*search[ \t][^\n]*--label\b[^\n]*[ \t])(?:{names})(?=[\s""'\\]|\z)", label.Replace("$", "$$"), RegexOptions.Multiline);
        return changed == text || !text.StartsWith(GrubEnvironmentHead, StringComparison.Ordinal) || text.Length != GrubEnvironmentBytes ? changed
            : changed.TrimEnd('#') is { Length: <= GrubEnvironmentBytes } block ? block.PadRight(GrubEnvironmentBytes, '#')
            : text;
    }
}
