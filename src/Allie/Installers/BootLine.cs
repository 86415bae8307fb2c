using Allie.Boot.Grub;
using Allie.Errors;
using Allie.Installers.Bootstrap;

namespace Allie.Installers;

/// <summary>What is to be added to the installer's kernel line at its boot menu, and where in that line.</summary>
/// <param name="Words">As the kernel is to get them.</param>
/// <param name="HowTo">One line for each boot loader that the medium may have.</param>
public sealed record BootLine(IReadOnlyList<string> Words, IReadOnlyList<string> HowTo)
{
    private const string BeforeDashes = "before the --- (what stands behind goes into the new system's own boot line)";

    /// <summary>For isolinux, PXE and allie installer boot-entry.</summary>
    public string Plain => string.Join(' ', Words);

    /// <summary>GRUB ends a command at ; and drops the rest: such words are quoted.</summary>
    public string Grub => string.Join(' ', Words.Select(GrubText.Word));

    /// <param name="release">F42, EL9; trixie, 13; noble, 24.04.</param>
    /// <param name="url">Where the file is served; for Ubuntu the directory that holds user-data and meta-data.</param>
    /// <param name="target">When given, goes before the file's own default.</param>
    /// <exception cref="UserError">Exit 2.</exception>
    public static BootLine For(string release, string url, InstallTarget? target, IReadOnlyList<string> keywords)
    {
        var suite = SuiteName.Of(release);
        return InstallerRelease.Is(release) ? Kickstarted(InstallerRelease.Parse(release), InstallerUrl.KickstartFile(url), Ours(target, keywords))
            : Preseed.Suites.Contains(suite) ? Preseeded("url=" + InstallerUrl.Http(url, "preseed"), target, keywords)
            : BootstrapPackages.Ubuntu.Contains(suite) ? Autoinstalled($"ds=nocloud-net;s={InstallerUrl.Directory(url)}", target, keywords)
            : throw UserError.Refused($"'{release}' is no release whose boot line is known", $"F42, EL9, ...; {string.Join(", ", Preseed.Suites)}; {string.Join(", ", BootstrapPackages.Ubuntu)}");
    }

    /// <param name="where">url=... or file=...</param>
    public static BootLine Preseeded(string where, InstallTarget? target, IReadOnlyList<string> keywords) =>
        new(["auto=true", "priority=critical", where, .. Ours(target, keywords)],
        [
            "BIOS, isolinux: choose Install, press Tab, add this " + BeforeDashes + ", then press Enter",
            "UEFI, GRUB: choose Install, press e, add this to the line that begins with linux, " + BeforeDashes + ", then press Ctrl-x",
        ]);

    /// <param name="source">cloud-init's ds=...</param>
    /// <exception cref="UserError">Exit 2: the file is made for one disk and one slot.</exception>
    public static BootLine Autoinstalled(string source, InstallTarget? target, IReadOnlyList<string> keywords) =>
        Ours(target, keywords) is { Count: > 0 } ours
            ? throw UserError.Refused($"'{ours[0]}' means nothing to an autoinstall file: it is made for the one disk and slot that it names", "another slot or PC: another file, from allie installer autoinstall")
            : new(["autoinstall", source],
            [
                "GRUB: press e, add this with its quotes to the line that begins with linux, " + BeforeDashes + ", then press Ctrl-x; at the URL lie user-data and meta-data, which may be empty",
            ]);

    private static BootLine Kickstarted(InstallerRelease release, string url, IReadOnlyList<string> ours)
    {
        List<string> words = release.HasInstOptions ? [$"inst.ks={url}", "inst.cmdline"] : [$"ks={url}"];
        words.AddRange(release.HasStrict ? ["inst.ksstrict", "ip=dhcp", .. ours] : ["ip=dhcp", .. ours]);
        const string Grub = "press e, add this to the end of the line that begins with linux, then press Ctrl-x";
        return new(words, release.BootsByGrubAlone ? ["GRUB: " + Grub] : ["BIOS, isolinux: press Tab, add this to the end of the line, then press Enter", "UEFI, GRUB: " + Grub]);
    }

    private static IReadOnlyList<string> Ours(InstallTarget? target, IReadOnlyList<string> keywords) =>
        target is null ? keywords : [$"allie.target={target}", .. keywords];
}
