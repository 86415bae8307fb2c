namespace Allie.Installers.Lint;

/// <summary>Which directives the installer of a release knows, after pykickstart's tables for F18 to F43 and EL6 to EL10.</summary>
internal static class KickstartNames
{
    private const int Ever = 0, Never = int.MaxValue;

    private static readonly string[] Always =
    [
        "autopart", "bootloader", "cdrom", "clearpart", "cmdline", "driverdisk", "fcoe", "firewall", "firstboot", "graphical", "group", "halt", "harddrive", "ignoredisk", "iscsi",
        "iscsiname", "keyboard", "lang", "logging", "logvol", "mediacheck", "network", "nfs", "part", "partition", "poweroff", "raid", "reboot", "repo", "rescue", "rootpw", "selinux",
        "services", "shutdown", "skipx", "sshpw", "text", "timezone", "updates", "url", "user", "vnc", "volgroup", "xconfig", "zerombr", "zfcp", "%include", "%ksappend",
    ];

    /// <summary>The first release with it and the first without it again, in Fedora and in EL.</summary>
    private static readonly Dictionary<string, (int Fedora, int FedoraGone, int El, int ElGone)> Sometimes = new()
    {
        ["auth"] = (Ever, 35, Ever, 10), ["authconfig"] = (Ever, 35, Ever, 10), ["authselect"] = (28, Never, 8, Never), ["autostep"] = (Ever, 40, Ever, 10),
        ["bootc"] = (43, Never, 10, Never), ["btrfs"] = (17, Never, 7, Never), ["device"] = (Ever, 34, Ever, 9), ["deviceprobe"] = (Ever, 34, Ever, 9), ["dmraid"] = (Ever, 34, Ever, 9),
        ["eula"] = (20, Never, 7, Never), ["hmc"] = (28, Never, 7, Never), ["install"] = (Ever, 34, Ever, 9), ["interactive"] = (Ever, 18, Ever, 7), ["key"] = (Never, Never, Ever, 7),
        ["liveimg"] = (19, Never, 7, Never), ["method"] = (Ever, 40, Ever, 10), ["module"] = (29, Never, 8, Never), ["monitor"] = (Ever, 18, Ever, 7), ["mount"] = (27, Never, 8, Never),
        ["multipath"] = (Ever, 34, Ever, 9), ["nvdimm"] = (28, Never, 7, 10), ["ostreecontainer"] = (38, Never, 9, Never), ["ostreesetup"] = (21, Never, 7, Never), ["rdp"] = (43, Never, 10, Never),
        ["realm"] = (19, Never, 7, Never), ["reqpart"] = (23, Never, 7, Never), ["rhsm"] = (Never, Never, 8, Never), ["snapshot"] = (26, Never, 7, Never), ["sshkey"] = (22, Never, 8, Never),
        ["syspurpose"] = (Never, Never, 8, Never), ["timesource"] = (33, Never, 9, Never), ["unsupported_hardware"] = (Never, Never, Ever, 8), ["upgrade"] = (Ever, 30, Ever, 8), ["zipl"] = (32, Never, 8, Never),
    };

    private static readonly Dictionary<string, string> Instead = new()
    {
        ["auth"] = "authselect", ["authconfig"] = "authselect", ["install"] = "take it out: url, cdrom, nfs or harddrive alone says it", ["method"] = "url, cdrom, nfs or harddrive",
    };

    /// <param name="sections">What may stand there too, for "did you mean".</param>
    /// <param name="release">Null: unknown, and the newest of either family is meant.</param>
    public static InstallerFinding? Check(string name, IEnumerable<string> sections, InstallerRelease? release)
    {
        if (Always.Contains(name))
        {
            return null;
        }

        if (!Sometimes.TryGetValue(name, out var known))
        {
            var near = Always.Concat(Sometimes.Keys).Concat(sections).MinBy(n => Config.Spelling.Distance(n, name))!;
            return new(0, "unknown-directive", $"no installer knows '{name}', and it stops", Config.Spelling.Distance(near, name) <= 2 ? $"did you mean {near}?" : "take it out");
        }

        var (since, gone) = release is not { IsFedora: false } ? (known.Fedora, known.FedoraGone) : (known.El, known.ElGone);
        var number = release?.Number ?? Never - 1;
        var there = (number >= since && number < gone) || (release is null && known.El != Never && known.ElGone == Never);
        return there ? null
            : number < since && release is not null
                ? new(0, "not-in-release", $"{release} does not know {name}{(since == Never ? "" : $", which came with {Family(release)}{since}")}, and its installer stops", "take it out")
                : new(
                    0, "not-in-release", $"{name} is gone since {Gone(known)}, and the installer stops",
                    Instead.GetValueOrDefault(name, "take it out") + (release is null ? "; for an older release say which: --release EL7" : ""));
    }

    private static string Family(InstallerRelease release) => release.IsFedora ? "F" : "EL";

    private static string Gone((int Fedora, int FedoraGone, int El, int ElGone) known) =>
        string.Join(" and ", new[] { known.FedoraGone == Never ? null : $"F{known.FedoraGone}", known.ElGone == Never ? null : $"EL{known.ElGone}" }.Where(g => g is not null));
}
