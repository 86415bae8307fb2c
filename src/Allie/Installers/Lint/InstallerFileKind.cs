using System.Text.RegularExpressions;

namespace Allie.Installers.Lint;

public enum InstallerFileKind
{
    Kickstart,
    Preseed,
    Autoinstall,
}

/// <summary>Which of the three kinds a file is, by what only that kind has.</summary>
public static partial class InstallerFileKinds
{
    /// <summary>Null: none of them.</summary>
    public static InstallerFileKind? Of(string text) =>
        Preseed().IsMatch(text) ? InstallerFileKind.Preseed
        : Autoinstall().IsMatch(text) ? InstallerFileKind.Autoinstall
        : Kickstart().IsMatch(text) ? InstallerFileKind.Kickstart
        : null;

    [GeneratedRegex(@"^(d-i|tasksel|popularity-contest|[a-z0-9.+-]+)\s+[\w.+-]+/\S+\s+(string|boolean|select|multiselect|note|password|text)\b", RegexOptions.Multiline)]
    private static partial Regex Preseed();

    [GeneratedRegex(@"^(#cloud-config|autoinstall:|version:\s*1\s*$)", RegexOptions.Multiline)]
    private static partial Regex Autoinstall();

    [GeneratedRegex(@"^(%(packages|pre|post|include)\b|(part|partition|bootloader|clearpart|autopart|zerombr|lang|rootpw|url|cdrom|ignoredisk)\b)", RegexOptions.Multiline)]
    private static partial Regex Kickstart();
}
