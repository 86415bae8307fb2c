namespace Allie.Installers.Lint;

/// <summary>What debconf-set-selections takes and what yet lets the Debian installer write where it should not.</summary>
public static class PreseedLint
{
    private static readonly string[] Types = ["string", "boolean", "select", "multiselect", "note", "password", "text", "seen"];

    private static readonly string[] Automatic =
    [
        "partman-auto/method", "partman-auto/disk", "partman-auto/select_disk", "partman-auto/init_automatically_partition", "partman-auto/automatically_partition", "partman-auto/expert_recipe",
        "partman-auto/expert_recipe_file", "partman-auto/choose_recipe", "partman-auto-lvm/guided_size", "partman-auto-lvm/new_vg_name", "partman-auto-raid/recipe",
    ];

    /// <summary>What partman asks before it throws away what is on a disk, with what "true" lets it do. The last three are of older installers.</summary>
    private static readonly Dictionary<string, string> Discards = new()
    {
        ["partman-partitioning/confirm_new_label"] = "a new, empty partition table is made",
        ["partman-partitioning/confirm_write_new_label"] = "a new, empty partition table is written",
        ["partman-partitioning/confirm_resize"] = "a partition gets another size",
        ["partman-lvm/device_remove_lvm"] = "the volume groups on the disk are removed",
        ["partman-lvm/vgdelete_confirm"] = "a volume group is removed",
        ["partman-md/device_remove_md"] = "the RAID arrays on the disk are removed",
        ["partman-md/deleteverify"] = "a RAID array is removed",
        ["partman-crypto/plain_warn_erase"] = "a partition is overwritten",
        ["partman-crypto/crypto_warn_erase"] = "a partition is overwritten",
        ["partman-auto-crypto/erase_disks"] = "the disk is overwritten",
        ["partman-auto/purge_lvm_from_device"] = "the volume groups on the disk are removed",
        ["partman/confirm_new_label"] = "a new, empty partition table is made",
        ["partman/confirm_write_new_label"] = "a new, empty partition table is written",
    };

    /// <summary>Also with _nooverwrite and _nochanges behind.</summary>
    private static readonly string[] Many = ["partman-lvm/confirm", "partman-md/confirm", "partman-crypto/confirm"];

    /// <summary>Secrets that have no form but the clear one, or that have a -crypted sister.</summary>
    private static readonly string[] Secrets = ["passwd/root-password", "passwd/root-password-again", "passwd/user-password", "passwd/user-password-again", "network-console/password", "network-console/password-again", "partman-crypto/passphrase", "partman-crypto/passphrase-again"];

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
            if (Selection(line) is not (var question, var value))
            {
                found.Add(new(number, "no-selection", "this is no OWNER QUESTION TYPE VALUE, and the installer passes over it without a word", "d-i some/question string value"));
                continue;
            }

            keys.Add(question);
            found.AddRange(Line(question, value).Concat(Script(question, value)).Select(f => f with { Line = number }));
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

        if (value.Trim() == "true" && Discards.TryGetValue(key, out var what))
        {
            yield return new(0, "discards", $"{what}, and nobody is asked", $"take it out, or: d-i {key} boolean false");
        }

        if (value.Trim() == "true" && Many.Any(m => key.StartsWith(m, StringComparison.Ordinal)))
        {
            yield return new(0, "many-partitions", $"{key} writes LVM, RAID or encryption, which does not stay in one partition", "take it out; a slot is one partition with one file system");
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

        if (Secrets.Contains(key))
        {
            yield return new(
                0, "clear-password", "a password stands in clear in a file that is served",
                key.StartsWith("passwd/", StringComparison.Ordinal) ? $"d-i {key.Replace("-again", "")}-crypted password HASH (openssl passwd -6)" : "take it out");
        }

        if (key is "passwd/root-password-crypted" or "passwd/user-password-crypted" && value.Trim() is { Length: > 0 } hash && hash[0] is not ('!' or '*') && !RootAccess.IsHash(hash))
        {
            yield return new(0, "clear-password", $"what stands for {key} is no crypt hash", $"d-i {key} password HASH (openssl passwd -6)");
        }
    }

    /// <summary>OWNER QUESTION TYPE VALUE; null when the line is none.</summary>
    private static (string Question, string Value)? Selection(string line) =>
        line.Split([' ', '\t'], 4, StringSplitOptions.RemoveEmptyEntries) is [_, var question, var type, .. var value] && question.Contains('/') && Types.Contains(type)
            ? (question, value.FirstOrDefault() ?? "")
            : null;

    /// <summary>A command of the file, and the answers that it gives itself.</summary>
    private static IEnumerable<InstallerFinding> Script(string key, string value)
    {
        var commands = key.EndsWith("_command", StringComparison.Ordinal) ? ShellScript.Read(value) : [];
        return ScriptLint.Check(commands, 1).Concat(commands.SelectMany(c => Answer(c) is (var question, var answer) ? Line(question, answer) : []));
    }

    /// <summary>By debconf-set, or by echo into debconf-set-selections.</summary>
    private static (string Question, string Value)? Answer(ShellCommand command) => command.Name switch
    {
        "debconf-set" => command.Arguments.ToList() is [var question, var answer] ? (question, answer) : null,
        "echo" or "printf" => Selection(string.Join(' ', command.Arguments)),
        _ => null,
    };

    private static InstallerFinding Written(string key) => new(0, "bootloader", Skipped[key], $"d-i {key} boolean true");
}
