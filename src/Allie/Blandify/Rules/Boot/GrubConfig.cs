using System.Text.RegularExpressions;
using Allie.Blandify.Table;

namespace Allie.Blandify.Rules.Boot;

/// <summary>
/// GRUB 2's generated menu, as text and never evaluated: searches by label, kernel lines, paths. What os-prober found on the captured PC's
/// disks goes; what an administrator wrote (40_custom, 41_custom) stays.
/// </summary>
public static partial class GrubConfig
{
    public static string Rewrite(string text, BootTarget target, BootPaths paths, CapturedPc captured)
    {
        var section = "";
        return LineEdit.Each(text, line =>
        {
            if (Section().Match(line) is { Success: true } mark)
            {
                section = mark.Groups[1].Value == "BEGIN" ? mark.Groups[2].Value.Split('/')[^1] : "";
                return line;
            }

            return section switch
            {
                "30_os-prober" => null,
                "40_custom" or "41_custom" => line,
                _ => Line(line, target, paths, captured),
            };
        });
    }

    /// <summary>What no rewriting mends.</summary>
    public static IEnumerable<string> Told(string text) =>
        text.Split('\n').Select(l => l.Trim().Split(' '))
            .Where(w => w[0] == "cryptomount" || (w is ["insmod", var module, ..] && module is "lvm" or "mdraid09" or "mdraid1x" or "cryptodisk" or "luks"))
            .Select(w => $"GRUB reads the captured PC's disk by {string.Join(' ', w.Take(2))}").Distinct();

    private static string? Line(string line, BootTarget target, BootPaths paths, CapturedPc captured)
    {
        var indent = line[..(line.Length - line.TrimStart().Length)];
        var words = line.Trim().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var end = line.EndsWith('\r') ? "\r" : "";
        if (words.Length == 0 || words[0].StartsWith('#'))
        {
            return line;
        }

        switch (words[0])
        {
            case "search" when words.Any(w => w is "--fs-uuid" or "-u"):
                return Search(line, words, target);
            case "search.fs_uuid" when words.Length > 2 && !words[1].StartsWith('$'):
                return $"{indent}search.fs_label {target.KernelLabel} {words[2]}{end}";
            case "linux" or "linux16" or "linuxefi" or "multiboot" or "multiboot2" or "module" or "module2" when words.Length > 1:
                var at = line.IndexOf(words[1], indent.Length + words[0].Length, StringComparison.Ordinal);
                var rest = line[(at + words[1].Length)..].TrimEnd('\r');
                var options = rest.TrimStart();
                return line[..at] + paths.Fix(words[1]) + rest[..(rest.Length - options.Length)] + KernelWords.Rewrite(options, target) + end;
            case "initrd" or "initrd16" or "initrdefi":
                return words[1..].Aggregate(line, (l, path) => l.Replace(path, paths.Fix(path)));
            case "set" when words.Length > 1 && words[1].StartsWith("boot_uuid=", StringComparison.Ordinal):
                return null;
            case "set" when Quoted().Match(line) is { Success: true } set:
                return set.Groups[1].Value + KernelWords.Rewrite(set.Groups[2].Value, target) + set.Groups[3].Value;
            case "set" when words.Length > 1 && words[1] is "prefix=($root)/grub2" or "prefix=($root)/grub" && paths.Fix(words[1]["prefix=($root)".Length..]) is var prefix:
                return $"{indent}set prefix=($root){prefix}{end}";
            default:
                return captured.WithoutIds(EntryId().Replace(line, m => m.Groups[1].Value + target.Label + m.Groups[3].Value));
        }
    }

    /// <summary>search --no-floppy --fs-uuid --set=V --hint...=D UUID, or with --set V.</summary>
    private static string Search(string line, string[] words, BootTarget target)
    {
        var variable = "root";
        var values = new List<string>();
        for (var i = 1; i < words.Length; i++)
        {
            if (words[i].StartsWith("--set=", StringComparison.Ordinal))
            {
                variable = words[i]["--set=".Length..];
            }
            else if (words[i] is "--set" or "-s" && i + 1 < words.Length && !words[i + 1].StartsWith('-'))
            {
                variable = words[++i];
            }
            else if (words[i] is "--hint" or "-h")
            {
                i++;
            }
            else if (!words[i].StartsWith('-'))
            {
                values.Add(words[i]);
            }
        }

        // "search --fs-uuid --set UUID" sets root: the one value that is left is what is looked for
        if (values.Count == 0 && variable != "root")
        {
            (values, variable) = ([variable], "root");
        }

        if (values.Count != 1 || values[0].StartsWith('$'))
        {
            return line;
        }

        var indent = line[..(line.Length - line.TrimStart().Length)];
        var rootOnly = words.Contains("--root-dev-only") ? " --root-dev-only" : "";
        return $"{indent}search --no-floppy --label --set={variable}{rootOnly} {target.KernelLabel}{(line.EndsWith('\r') ? "\r" : "")}";
    }

    [GeneratedRegex(@"^### (BEGIN|END) (\S+) ###")]
    private static partial Regex Section();

    [GeneratedRegex("^(\\s*set (?:default_)?kernelopts=\")([^\"]*)(\".*)$", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    /// <summary>'gnulinux-6.1-advanced-UUID': the id that a default entry is remembered by.</summary>
    [GeneratedRegex(@"(\$menuentry_id_option\s+'[^']*?-)([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(')")]
    private static partial Regex EntryId();
}
