using System.Globalization;
using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Installers;

/// <summary>A release of the Anaconda family: F42, EL9 (RHEL9 and the rebuilds are the same to the installer).</summary>
public sealed partial record InstallerRelease(bool IsFedora, int Number)
{
    /// <summary>Has the form of one; a suite of the Debian family is a word.</summary>
    public static bool Is(string text) => Form().IsMatch(text.ToUpperInvariant());

    /// <summary>Of the first line of a file that we wrote; null when it is no such line.</summary>
    public static InstallerRelease? OfHeader(string text) =>
        Header().Match(text) is { Success: true } found ? Parse(found.Groups[1].Value) : null;

    /// <exception cref="UserError">Exit 2.</exception>
    public static InstallerRelease Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            throw UserError.Refused($"'{text}' is no release that a kickstart file can be made for", "F18, F42, EL7, EL9, ...; for Debian and Ubuntu use: allie installer bootstrap");
        }

        var release = new InstallerRelease(match.Groups[1].Value.StartsWith('F'), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        return release.Number >= (release.IsFedora ? 15 : 6)
            ? release
            : throw UserError.Refused($"{text} is too old for this generator", "F15 and EL6 are the oldest");
    }

    /// <summary>
    /// Anaconda 21.23 (February 2014) made "GRUB2 does not support installation to a partition" an error, so only releases before it
    /// take the founding document's bootloader --location=partition.
    /// </summary>
    public bool TakesPartitionLocation => Number < (IsFedora ? 21 : 7);

    /// <summary>Its kernel options are inst.ks= and so on; before, ks=.</summary>
    public bool HasInstOptions => Number >= (IsFedora ? 17 : 7);

    /// <summary>inst.ksstrict: warnings about the file stop the installation.</summary>
    public bool HasStrict => Number >= (IsFedora ? 28 : 8);

    /// <summary>bootloader --leavebootorder, keyboard --vckeymap.</summary>
    public bool HasLeaveBootOrder => Number >= (IsFedora ? 18 : 7);

    /// <summary>Its media have GRUB for BIOS too; before, isolinux.</summary>
    public bool BootsByGrubAlone => Number >= (IsFedora ? 37 : 10);

    /// <summary>As ksvalidator -v wants it.</summary>
    public string PykickstartName => (IsFedora ? "F" : "RHEL") + Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The package dracut-config-generic.</summary>
    public bool HasGenericDracut => Number >= (IsFedora ? 20 : 7);

    /// <summary>Where its rpm looks for its database; Fedora 36 and EL10 moved it.</summary>
    public string RpmDatabase => Number >= (IsFedora ? 36 : 10) ? "usr/lib/sysimage/rpm" : "var/lib/rpm";

    public override string ToString() => (IsFedora ? "F" : "EL") + Number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A# ((?:F|EL)[0-9]{2}|EL[0-9]) onto the one slot ")]
    private static partial Regex Header();

    [GeneratedRegex("^(F|EL|RHEL)([0-9]{1,2})$")]
    private static partial Regex Form();
}
