namespace Allie.Installers.Lint;

/// <summary>
/// What ksvalidator accepts and what yet destroys a PC or stops the installer (docs/new-image.md). Sections but %pre's own text are not shell to
/// us: only directives of the main part are looked at.
/// </summary>
public static class KickstartLint
{
    private static readonly string[] Sections = ["%packages", "%pre", "%pre-install", "%post", "%addon", "%onerror", "%traceback", "%anaconda", "%certificate"];

    /// <param name="release">Null: unknown, and the newest is meant.</param>
    public static IReadOnlyList<InstallerFinding> Check(string text, InstallerRelease? release = null)
    {
        var found = new List<InstallerFinding>();
        var (section, opened, seen) = ("", 0, new HashSet<string>());
        var lines = text.Replace("\r", "").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var words = lines[i].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
            {
                continue;
            }

            if (words[0] == "%end")
            {
                section = "";
            }
            else if (section.Length == 0 && Sections.Contains(words[0]))
            {
                (section, opened) = (words[0], i + 1);
                if (section == "%pre" && !words.Contains("--erroronfail"))
                {
                    found.Add(new(i + 1, "pre-goes-on", "a %pre that fails does not stop the installer", "%pre --erroronfail"));
                }
            }
            else if (section.Length == 0)
            {
                seen.Add(words[0]);
                found.AddRange(Directive(words, release).Select(f => f with { Line = i + 1 }));
            }
        }

        if (section.Length > 0)
        {
            found.Add(new(opened, "no-end", $"{section} has no %end", "close it with a line %end"));
        }

        found.AddRange(Whole(seen));
        return found;
    }

    private static IEnumerable<InstallerFinding> Directive(string[] words, InstallerRelease? release)
    {
        var line = string.Join(' ', words);
        bool Has(string option) => words.Any(w => w == option || w.StartsWith(option + "=", StringComparison.Ordinal));
        switch (words[0])
        {
            case "zerombr":
                yield return new(0, "zerombr", "zerombr writes a new partition table where it finds none it knows", "take it out");
                break;
            case "clearpart" when words.Length != 2 || words[1] != "--none":
                yield return new(0, "clearpart", $"'{line}' removes partitions", "clearpart --none");
                break;
            case "autopart" or "reqpart":
                yield return new(0, words[0], $"{words[0]} makes partitions of its own choice", "take it out; part / --onpart=... uses one that is there");
                break;
            case "part" or "partition" when !Has("--onpart") && !Has("--usepart"):
                yield return new(0, "part-without-onpart", $"'{line}' makes a new partition", "part / --onpart=PARTITION --fstype=ext4");
                break;
            case "part" or "partition" when Has("--ondisk") || Has("--ondrive") || Has("--grow") || Has("--asprimary"):
                yield return new(0, "part-layout", $"'{line}' also asks for a layout", "only --onpart, --fstype, --label and --fsoptions");
                break;
            case "raid" or "volgroup" or "logvol" or "btrfs":
                yield return new(0, "many-partitions", $"{words[0]} does not stay in one partition", "a slot is one partition with one file system");
                break;
            case "bootloader" when Has("--leavebootorder") && release is { HasLeaveBootOrder: false }:
                yield return new(0, "leavebootorder", $"{release} does not know --leavebootorder, and its installer stops", "bootloader --location=partition");
                break;
            case "bootloader" when words.Contains("--location=partition"):
                if (release is not { TakesPartitionLocation: true })
                {
                    yield return new(0, "location-partition", "bootloader --location=partition stops the installer since Fedora 21 and EL7 (GRUB 2), and ksvalidator says nothing",
                        release is null ? "bootloader --location=none --leavebootorder; for an older release say which: --release F20" : "bootloader --location=none --leavebootorder");
                }

                break;
            case "bootloader" when !words.Contains("--location=none"):
                yield return new(0, "bootloader", $"'{line}' writes a boot loader over the one of the PC", "bootloader --location=none --leavebootorder");
                break;
            case "rootpw" when words.Length > 1 && !words.Contains("--lock") && !words.Contains("--iscrypted"):
                yield return new(0, "clear-password", "the root password stands in clear in a file that is served", "rootpw --iscrypted HASH (openssl passwd -6), or rootpw --lock");
                break;
        }
    }

    private static IEnumerable<InstallerFinding> Whole(HashSet<string> seen)
    {
        if (!seen.Contains("bootloader"))
        {
            yield return new(0, "no-bootloader-line", "without a bootloader line the installer writes one over the PC's own", "bootloader --location=none --leavebootorder");
        }

        if (!seen.Contains("%include") && !seen.Contains("part") && !seen.Contains("partition"))
        {
            yield return new(0, "no-target", "no part and no %include: the installer would ask, or choose by itself", "see: allie installer kickstart");
        }
    }
}
