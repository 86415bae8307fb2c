using System.Text.RegularExpressions;
using Allie.Boot.Grub;

namespace Allie.Boot.Moving;

/// <summary>The texts by which GRUB finds its files at another place.</summary>
public static partial class MovedGrub
{
    /// <summary>In the old directory: every system that takes it for the boot home finds the new one by it.</summary>
    public const string NoteName = "allie.moved";

    /// <summary>A grub.cfg for a partition that has none: the menu from before, and our entries by way of custom.cfg.</summary>
    /// <param name="oldCfg">The old grub.cfg, for its terminal and timeout.</param>
    /// <param name="oldUuid">The file system it is on.</param>
    /// <param name="oldPath">Its directory there.</param>
    public static string Cfg(string oldCfg, string oldUuid, string oldPath)
    {
        var kept = oldCfg.Split('\n').Select(l => l.Trim()).Where(l => Terminal().IsMatch(l)).Distinct();
        var timeout = Timeout().Match(oldCfg) is { Success: true } found ? found.Groups[1].Value : "5";
        return $$"""
            # Made by allie slot boot-home --to: the boot loader's files were moved here.
            {{string.Concat(kept.Select(l => l + "\n"))}}set default=0
            set timeout={{timeout}}
            menuentry 'What this PC booted before ALLiE' --id allie-before {
              search --no-floppy --fs-uuid --set=root {{oldUuid}}
              set prefix=($root){{oldPath}}
              configfile $prefix/grub.cfg
            }
            if [ -f $prefix/custom.cfg ]; then
              source $prefix/custom.cfg
            fi

            """;
    }

    /// <summary>An EFI stub that leads to the new place, all else as it was; null when it is not of a form that we know.</summary>
    public static string? Stub(string stub, string oldUuid, string oldPath, string newUuid, string newPath)
    {
        var path = Regex.Replace(stub, $@"(^\s*set\s+prefix=\(\$\w+\)'?){Regex.Escape(oldPath)}('?\s*$)", $"${{1}}{newPath.Replace("$", "$$")}${{2}}", RegexOptions.Multiline);
        var uuid = path.Replace(oldUuid, newUuid, StringComparison.OrdinalIgnoreCase);
        return (path == stub && oldPath != newPath) || uuid == path ? null : uuid;
    }

    /// <summary>Entries that tell the started image where the boot home is now, with the menu of the new grub.cfg.</summary>
    public static string? Entries(string? allieCfg, BootHomeName from, BootHomeName to, string newCfg) =>
        allieCfg is null ? null : AllieCfg.Parse(allieCfg.Replace(from.Argument, to.Argument)).Format(GrubMenu.Parse(newCfg, ""), canWrite: true);

    /// <summary>A menu with a password, which our own grub.cfg would not have.</summary>
    public static bool HasPassword(string grubCfg) => Password().IsMatch(grubCfg);

    [GeneratedRegex(@"^(serial|terminal_input|terminal_output|terminal)\s")]
    private static partial Regex Terminal();

    [GeneratedRegex(@"^\s*set timeout=(-?[0-9]+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Timeout();

    [GeneratedRegex(@"^\s*(set superusers|password)", RegexOptions.Multiline)]
    private static partial Regex Password();
}
