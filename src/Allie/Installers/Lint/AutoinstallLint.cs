using System.Text.RegularExpressions;

namespace Allie.Installers.Lint;

/// <summary>
/// What the autoinstall schema takes and what yet removes partitions. Looks at lines, block or flow style, and is no reader of all of YAML.
/// </summary>
public static partial class AutoinstallLint
{
    public static IReadOnlyList<InstallerFinding> Check(string text)
    {
        var found = new List<InstallerFinding>();
        var lines = text.Replace("\r", "").Split('\n');
        foreach (var (number, item) in Items(lines))
        {
            var type = Value(item, "type");
            var kept = Value(item, "preserve") == "true";
            if (type is "disk" or "partition" && !kept)
            {
                found.Add(new(number, "not-preserved", $"a {type} without preserve: true is made anew", "preserve: true"));
            }

            if (type == "disk" && Value(item, "wipe") is { Length: > 0 })
            {
                found.Add(new(number, "disk-wiped", "wipe on a disk removes its partition table", "take wipe out"));
            }

            if (type is "lvm_volgroup" or "raid" or "dm_crypt" or "zpool")
            {
                found.Add(new(number, "many-partitions", $"{type} does not stay in one partition", "a slot is one partition with one file system"));
            }
        }

        for (var i = 0; i < lines.Length; i++)
        {
            if (Layout().IsMatch(lines[i]))
            {
                found.Add(new(i + 1, "layout", "storage: layout takes a whole disk", "storage: config, as made by: allie installer autoinstall"));
            }

            if (Clear().IsMatch(lines[i]))
            {
                found.Add(new(i + 1, "clear-password", "a password stands in clear in a file that is served", "a hash: openssl passwd -6"));
            }
        }

        if (!text.Contains("storage:", StringComparison.Ordinal))
        {
            found.Add(new(0, "no-storage", "without storage the installer takes a whole disk", "see: allie installer autoinstall"));
        }

        if (!Nvram().IsMatch(text))
        {
            found.Add(new(0, "nvram", "the installer changes the firmware's boot order", "storage: grub: {update_nvram: false, reorder_uefi: false}", IsError: false));
        }

        return found;
    }

    /// <summary>Each "- " item that has a type, with the lines that are deeper than it.</summary>
    private static IEnumerable<(int Number, string Text)> Items(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var start = Item().Match(lines[i]);
            if (!start.Success)
            {
                continue;
            }

            var indent = start.Groups[1].Length;
            var body = lines.Skip(i + 1).TakeWhile(l => l.Trim().Length == 0 || l.Length - l.TrimStart().Length > indent);
            yield return (i + 1, string.Join('\n', body.Prepend(lines[i])));
        }
    }

    private static string Value(string item, string key) =>
        Regex.Match(item, $@"(?:^|[\s{{,-]){key}:\s*['""]?([A-Za-z0-9_-]+)") is { Success: true } found ? found.Groups[1].Value : "";

    [GeneratedRegex(@"^(\s*)- ")]
    private static partial Regex Item();

    [GeneratedRegex(@"^\s*layout:")]
    private static partial Regex Layout();

    [GeneratedRegex("""(^|[\s{,])password:\s*['"]?(?![\s'"]|\$|[!*])\S""")]
    private static partial Regex Clear();

    [GeneratedRegex(@"update_nvram:\s*false")]
    private static partial Regex Nvram();
}
