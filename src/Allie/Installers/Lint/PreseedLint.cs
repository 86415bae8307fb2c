namespace Allie.Installers.Lint;

/// <summary>What debconf-set-selections takes and what yet lets the Debian installer write where it should not.</summary>
public static class PreseedLint
{
    private static readonly string[] Types = ["string", "boolean", "select", "multiselect", "note", "password", "text", "seen"];

    private static readonly string[] Automatic = ["partman-auto/method", "partman-auto/disk", "partman-auto/init_automatically_partition", "partman-auto/expert_recipe", "partman-auto/choose_recipe", "partman-auto-lvm/guided_size"];

    /// <summary>Debian 13's installer takes the second where the first is skipped and the PC has started by UEFI.</summary>
    private static readonly Dictionary<string, string> Skipped = new()
    {
        ["grub-installer/skip"] = "the installer writes GRUB over the PC's boot loader",
        ["systemd-boot-installer/skip"] = "from Debian 13 on the installer writes systemd-boot into the ESP of a UEFI PC where GRUB is skipped",
    };

    public static IReadOnlyList<InstallerFinding> Check(string text)
    {
        var found = new List<InstallerFinding>();
        var keys = new HashSet<string>();
        foreach (var (number, line) in Logical(text))
        {
            var words = line.Split([' ', '\t'], 4, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 3 || !words[1].Contains('/') || !Types.Contains(words[2]))
            {
                found.Add(new(number, "no-selection", "this is no OWNER QUESTION TYPE VALUE, and the installer passes over it without a word", "d-i some/question string value"));
                continue;
            }

            keys.Add(words[1]);
            found.AddRange(Line(words[1], words.Length > 3 ? words[3] : "").Select(f => f with { Line = number }));
        }

        if (keys.Any(k => k.StartsWith("partman/confirm", StringComparison.Ordinal)) && !keys.Contains("partman/early_command"))
        {
            found.Add(new(0, "confirmed-unseen", "partitions are written without a question, and nothing chooses the one slot", "see: allie installer preseed"));
        }

        found.AddRange(Skipped.Where(s => !keys.Contains(s.Key)).Select(s => Written(s.Key)));
        return found;
    }

    /// <summary>With \ at its end a line goes on; the number is of its first.</summary>
    private static IEnumerable<(int Number, string Line)> Logical(string text)
    {
        var (start, whole) = (0, "");
        var lines = text.Replace("\r", "").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (whole.Length == 0 && (lines[i].Trim().Length == 0 || lines[i].TrimStart().StartsWith('#')))
            {
                continue;
            }

            start = whole.Length == 0 ? i + 1 : start;
            whole += lines[i].TrimEnd('\\');
            if (!lines[i].EndsWith('\\'))
            {
                yield return (start, whole);
                whole = "";
            }
        }

        if (whole.Length > 0)
        {
            yield return (start, whole);
        }
    }

    private static IEnumerable<InstallerFinding> Line(string key, string value)
    {
        if (Automatic.Contains(key))
        {
            yield return new(0, "automatic-partitions", $"{key} lets the installer choose where it partitions", "take it out; partman/early_command of: allie installer preseed names one partition");
        }

        if (Skipped.ContainsKey(key) && value.Trim() != "true")
        {
            yield return Written(key);
        }

        if (key is "grub-installer/bootdev" or "grub-installer/force-efi-extra-removable")
        {
            yield return new(0, "bootloader", $"{key} writes a boot loader", "take it out");
        }

        if (key == "partman/early_command" && value.Contains("/lib/partman/init.d/", StringComparison.Ordinal))
        {
            yield return new(0, "too-late", "partman has made its list of init.d by then, and passes over what early_command leaves there", "make the file anew: allie installer preseed");
        }

        if (key == "passwd/root-password-crypted" && value.Trim() is "" or "!")
        {
            yield return new(0, "asks", "the installer takes this for no answer and asks for root's password", $"d-i {key} password *");
        }

        if (key is "passwd/root-password" or "passwd/user-password")
        {
            yield return new(0, "clear-password", "a password stands in clear in a file that is served", $"d-i {key}-crypted password HASH (openssl passwd -6)");
        }
    }

    private static InstallerFinding Written(string key) => new(0, "bootloader", Skipped[key], $"d-i {key} boolean true");
}
