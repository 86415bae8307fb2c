using System.Text.RegularExpressions;

namespace Allie.Boot.Grub;

/// <summary>The distribution's grub.cfg, which is only read: whether our entries would be seen at all.</summary>
public static partial class GrubCfg
{
    public const string FileName = "grub.cfg";

    /// <summary>True when it sources custom.cfg, as /etc/grub.d/41_custom of Debian, Fedora, Arch and SUSE makes it do.</summary>
    public static bool SourcesCustom(string text) => Sources().IsMatch(text);

    [GeneratedRegex(@"^\s*(source|configfile|\.)\s+\S*/custom\.cfg", RegexOptions.Multiline)]
    private static partial Regex Sources();
}
