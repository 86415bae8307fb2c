using System.Text.RegularExpressions;
using Allie.Blandify.Table;

namespace Allie.Blandify.Rules.Boot;

/// <summary>Kernel lines in the files of other boot loaders: syslinux, extlinux, refind, zipl, lilo, elilo, yaboot, u-boot, SUSE's sysconfig, and a bare cmdline.txt.</summary>
public static partial class OtherLoaders
{
    internal static readonly string[] Files =
    [
        "etc/sysconfig/bootloader", "etc/{zipl,lilo,elilo,yaboot}.conf", "boot/zipl/*.conf", "boot/extlinux/extlinux.conf", "boot/syslinux/*.cfg",
        "boot/refind_linux.conf", "etc/default/u-boot", "boot/cmdline.txt", "boot/firmware/cmdline.txt",
    ];

    public static string Rewrite(string name, string text, BootTarget target) =>
        LineEdit.Each(text, line =>
        {
            if (line.TrimStart().StartsWith('#'))
            {
                return line;
            }

            if (name == "cmdline.txt")
            {
                return KernelWords.Rewrite(line.TrimEnd('\r'), target) + (line.EndsWith('\r') ? "\r" : "");
            }

            if (RootLine().Match(line) is { Success: true } root)
            {
                return $"{root.Groups[1].Value}\"LABEL={target.Label}\"{root.Groups[2].Value}";
            }

            var form = name == "refind_linux.conf" ? Refind() : Options();
            return form.Match(line) is { Success: true } match
                ? match.Groups[1].Value + KernelWords.Rewrite(match.Groups[2].Value, target, keepsInitrd: true) + match.Groups[3].Value
                : line;
        });

    /// <summary>lilo's root=/dev/sda1, which is no kernel word but its own.</summary>
    [GeneratedRegex("^(\\s*root\\s*=\\s*)\"?(?:/dev/|UUID=)[^\"\\s]*\"?(\\s*)$")]
    private static partial Regex RootLine();

    [GeneratedRegex("^(\\s*(?:append|options|parameters|DEFAULT_APPEND|FAILSAFE_APPEND|XEN_KERNEL_APPEND|XEN_APPEND|U_BOOT_PARAMETERS|U_BOOT_ROOT)(?:\\s*=\\s*|\\s+)[\"']?)(.*?)([\"']?\\s*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Options();

    [GeneratedRegex("^(\\s*(?:\"[^\"]*\"|\\S+)\\s+\")(.*)(\"\\s*)$")]
    private static partial Regex Refind();
}
