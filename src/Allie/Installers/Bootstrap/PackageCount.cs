using System.Globalization;
using System.Text.RegularExpressions;

namespace Allie.Installers.Bootstrap;

/// <summary>How much a set of packages is, in bytes.</summary>
/// <param name="Packages">0 when only the bytes were told.</param>
public sealed partial record PackageCount(int Packages, long Fetched, long Installed)
{
    /// <summary>Of `apt-get --simulate`: "Inst rsync (3.4.1 Debian:13/stable [amd64])"; null for other lines.</summary>
    public static string? Installs(string line) => line.StartsWith("Inst ", StringComparison.Ordinal) ? line.Split(' ')[1] : null;

    /// <summary>Of `apt-cache show` (deb822: Size in bytes, Installed-Size in KiB); null when it told of none.</summary>
    public static PackageCount? OfApt(string text)
    {
        var (packages, fetched, installed) = (0, 0L, 0L);
        foreach (var line in text.Split('\n'))
        {
            packages += line.StartsWith("Package: ", StringComparison.Ordinal) ? 1 : 0;
            fetched += Number(line, "Size: ");
            installed += Number(line, "Installed-Size: ") << 10;
        }

        return packages > 0 ? new(packages, fetched, installed) : null;
    }

    /// <summary>Of dnf 4: "Total download size: 1.2 M" (or "Total size:" of files that are here), "Installed size: 3 M"; null without both.</summary>
    public static PackageCount? OfDnf(string text)
    {
        var (fetched, installed, packages) = (DnfFetched().Match(text), DnfInstalled().Match(text), DnfPackages().Match(text));
        return fetched.Success && installed.Success ? new(packages.Success ? int.Parse(packages.Groups[1].Value, CultureInfo.InvariantCulture) : 0, Bytes(fetched), Bytes(installed)) : null;
    }

    private static long Number(string line, string key) =>
        line.StartsWith(key, StringComparison.Ordinal) && long.TryParse(line[key.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static long Bytes(Match size) =>
        (long)(double.Parse(size.Groups[1].Value, CultureInfo.InvariantCulture) * Math.Pow(1024, " kMGT".IndexOf(size.Groups[2].Value is { Length: > 0 } unit ? unit[0] : ' ')));

    [GeneratedRegex(@"^Total (?:download )?size: ([0-9.]+) ?([kMGT]?)\s*$", RegexOptions.Multiline)]
    private static partial Regex DnfFetched();

    [GeneratedRegex(@"^Installed size: ([0-9.]+) ?([kMGT]?)\s*$", RegexOptions.Multiline)]
    private static partial Regex DnfInstalled();

    [GeneratedRegex("^Install +([0-9]+) Packages?", RegexOptions.Multiline)]
    private static partial Regex DnfPackages();
}
