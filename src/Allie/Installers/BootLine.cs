namespace Allie.Installers;

/// <summary>What is to be added to the installer's kernel line at its boot menu.</summary>
public static class BootLine
{
    /// <param name="url">Where the kickstart file is served.</param>
    /// <param name="target">When given, goes before the file's own default.</param>
    public static string For(InstallerRelease release, string url, InstallTarget? target, IEnumerable<string> keywords)
    {
        List<string> words = release.HasInstOptions ? [$"inst.ks={url}", "inst.cmdline"] : [$"ks={url}"];
        if (release.HasStrict)
        {
            words.Add("inst.ksstrict");
        }

        words.Add("ip=dhcp");
        if (target is not null)
        {
            words.Add($"allie.target={target}");
        }

        return string.Join(' ', words.Concat(keywords));
    }

    /// <summary>How to get at that line, for people.</summary>
    public static string HowTo(InstallerRelease release) =>
        release.IsFedora && release.Number >= 37 || !release.IsFedora && release.Number >= 10
            ? "at the installer's menu press e, add this to the end of the line that begins with linux, then press Ctrl-x"
            : "at the installer's menu press Tab (BIOS: add this to the end of the line, then Enter) or e (UEFI: to the end of the linux line, then Ctrl-x)";
}
