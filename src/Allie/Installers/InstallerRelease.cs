using System.Globalization;
using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Installers;

/// <summary>A release of the Anaconda family: F42, EL9 (RHEL9 and the rebuilds are the same to the installer).</summary>
public sealed partial record InstallerRelease(bool IsFedora, int Number)
{
    /// <summary>The newest whose facts are known below.</summary>
    public static readonly InstallerRelease NewestFedora = new(true, 43), NewestEl = new(false, 10);

    /// <summary>Has the form of one; a suite of the Debian family is a word.</summary>
    public static bool Is(string text) => Form().IsMatch(text);

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

        var release = new InstallerRelease(match.Groups[1].Value[0] is 'F' or 'f', int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        return release.Number >= (release.IsFedora ? 15 : 6)
            ? release
            : throw UserError.Refused($"{text} is too old: nothing is known of its installer", "F15 and EL6 are the oldest");
    }

    /// <summary>
    /// A kickstart file can be made. Older ones are known to lint and bootline alone: EL6 has util-linux 2.17, whose blkid does not tell a partition's
    /// name yet (2.18 does), so %pre would find no slot, and before Fedora 18 there is no --leavebootorder.
    /// </summary>
    public bool HasGenerator => Number >= (IsFedora ? 18 : 7);

    /// <summary>What is said of a release that came after this program; null: it is known.</summary>
    public string? Note => (IsFedora ? NewestFedora : NewestEl) is var newest && Number > newest.Number
        ? $"{this} is newer than this allie knows: what is written is what {newest} takes. A newer allie may know more"
        : null;

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

    /// <summary>As people write it: F42, f42, fedora-42; EL9, rhel9, and the names of the rebuilds.</summary>
    [GeneratedRegex("^(F|FEDORA|EL|RHEL|CENTOS|ALMA|ROCKY)[- ]?([1-9][0-9]?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
