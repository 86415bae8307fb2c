namespace Allie.Blandify.Rules.Boot;

/// <summary>
/// Words of a kernel command line: the captured PC's disks, network and installer go, all that a site or a distribution chose stays in its
/// order. A line in which nothing had to change keeps its blanks. Names of dracut before and after 010 (EL6), and of Debian's and Red Hat's installers.
/// </summary>
public static class KernelWords
{
    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal)
    {
        "resume", "resume_offset", "rd.lvm.lv", "rd.lvm.vg", "rd.md.uuid", "rd.dm.uuid", "cryptdevice", "cryptkey",
        "rd_LVM_LV", "rd_LVM_VG", "rd_LUKS_UUID", "rd_MD_UUID", "rd_DM_UUID",
        "systemd.machine_id", "systemd.hostname", "hostname", "ip", "ifname", "BOOTIF", "bootdev", "rd.neednet", "ks", "ksdevice", "kssendmac", "method", "repo", "stage2",
        "url", "auto", "priority", "autoinstall", "ds", "cloud-config-url", "BOOT_IMAGE",
    };

    private static readonly string[] DroppedBeginnings = ["rd.luks.", "luks.", "inst.", "preseed/", "debian-installer/"];

    /// <summary>Plain words that mean the installer only beside one of its own.</summary>
    private static readonly HashSet<string> InstallerOnly = new(StringComparer.Ordinal) { "text", "cmdline", "vnc", "vncconnect", "vncpassword", "graphical" };

    /// <param name="line">Words between blanks; a part in double quotes is one word.</param>
    /// <param name="target">Where / and the kernels are.</param>
    /// <param name="keepsInitrd">initrd= is part of the line where the boot loader is told of it so (refind, extlinux).</param>
    public static string Rewrite(string line, BootTarget target, bool keepsInitrd = false)
    {
        var words = Split(line);
        var isInstaller = words.Any(w => Key(w) is "ks" or "stage2" || w.StartsWith("inst.", StringComparison.Ordinal));
        var kept = words.Select(w => isInstaller && InstallerOnly.Contains(Key(w)) ? null : Word(w, target, keepsInitrd)).OfType<string>().ToList();
        return kept.SequenceEqual(words) ? line : string.Join(' ', kept);
    }

    /// <summary>Words that cannot be judged from here.</summary>
    public static IEnumerable<string> Odd(string line) =>
        Split(line).Where(w =>
            w.StartsWith("netroot=", StringComparison.Ordinal) || w.StartsWith("rd.iscsi.", StringComparison.Ordinal) || w.StartsWith("iscsi_", StringComparison.Ordinal)
            || w.StartsWith("root=iscsi:", StringComparison.Ordinal) || w.Contains("nqn.", StringComparison.Ordinal) || w.StartsWith("console=ttyS", StringComparison.Ordinal)
            || w.StartsWith("video=", StringComparison.Ordinal) || w.Contains(".edid", StringComparison.Ordinal) || w.Contains("edid_firmware", StringComparison.Ordinal));

    /// <summary>Null drops the word.</summary>
    private static string? Word(string word, BootTarget target, bool keepsInitrd)
    {
        var key = Key(word);
        var value = word.Length > key.Length ? word[(key.Length + 1)..].Trim('"') : "";
        return key switch
        {
            "root" => IsDisk(value) ? "root=LABEL=" + target.Label : word,
            "rootflags" => RootFlags(word, value),
            "boot" => !IsDisk(value) ? word : target.BootLabel is { } label ? "boot=LABEL=" + label : null,
            "initrd" => keepsInitrd || value.Length == 0 ? word : null,
            "rd.luks" or "luks" => word,
            _ when Dropped.Contains(key) || DroppedBeginnings.Any(b => word.StartsWith(b, StringComparison.Ordinal)) => null,
            _ => word,
        };
    }

    private static string? RootFlags(string word, string value)
    {
        var flags = value.Split(',');
        var kept = flags.Where(f => !f.StartsWith("subvol", StringComparison.Ordinal)).ToList();
        return kept.Count == flags.Length ? word : kept.Count == 0 ? null : "rootflags=" + string.Join(',', kept);
    }

    private static bool IsDisk(string value) =>
        new[] { "UUID=", "PARTUUID=", "LABEL=", "PARTLABEL=", "/dev/" }.Any(p => value.StartsWith(p, StringComparison.Ordinal)) && value != "/dev/nfs";

    private static string Key(string word) => word.Split('=')[0];

    private static List<string> Split(string line)
    {
        var words = new List<string>();
        for (var at = 0; at < line.Length;)
        {
            if (line[at] is ' ' or '\t')
            {
                at++;
                continue;
            }

            var (start, quoted) = (at, false);
            while (at < line.Length && (quoted || line[at] is not (' ' or '\t')))
            {
                quoted ^= line[at++] == '"';
            }

            words.Add(line[start..at]);
        }

        return words;
    }
}
