using System.Globalization;
using System.Text.RegularExpressions;

namespace Allie.Installers.Media;

/// <summary>What xorriso tells of an ISO image.</summary>
/// <param name="Volume">Its label, by which an installer finds it again.</param>
/// <param name="Menus">The files that may be a boot menu.</param>
/// <param name="BootImages">How many the firmware may choose from.</param>
/// <param name="Efi">What UEFI starts; null: nothing.</param>
/// <param name="Told">The file that tells which system it holds; null: there is none.</param>
public sealed partial record IsoFacts(string Volume, IReadOnlyList<string> Menus, int BootImages, EfiImage? Efi, string? Told)
{
    private const int Block = 2048;

    /// <param name="report">Of -pvd_info, -report_el_torito plain and -find / -type f.</param>
    public static IsoFacts Parse(string report)
    {
        var images = Images().Matches(report);
        var efi = images.FirstOrDefault(m => m.Groups["platform"].Value == "UEFI");
        var files = Files().Matches(report).Select(m => m.Groups[1].Value).ToList();
        return new(
            Volume_().Match(report).Groups[1].Value.Trim(), [.. files.Where(f => f.EndsWith(".cfg", StringComparison.OrdinalIgnoreCase))],
            images.Count, efi is null ? null : Efi_(report, efi.Groups["number"].Value, efi.Groups["lba"].Value), MediumSystem.Files.FirstOrDefault(files.Contains));
    }

    /// <summary>Newer media have it as a partition behind the file system, older ones as a file.</summary>
    private static EfiImage Efi_(string report, string number, string lba) =>
        Regex.Match(report, $@"^El Torito img blks :\s+{number}\s+(\d+)", RegexOptions.Multiline) is { Success: true } blocks
            ? new(null, Number(lba) * Block, Number(blocks.Groups[1].Value) * Block)
            : new(Regex.Match(report, $@"^El Torito img path :\s+{number}\s+(/.*)$", RegexOptions.Multiline).Groups[1].Value.Trim(), 0, 0);

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Volume Id\s*:(.*)$", RegexOptions.Multiline)]
    private static partial Regex Volume_();

    [GeneratedRegex(@"^El Torito boot img :\s+(?<number>\d+)\s+(?<platform>\S+)\s.*\s(?<lba>\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Images();

    /// <summary>xorriso prints a name between quotes; one that has a quote itself is no menu.</summary>
    [GeneratedRegex("^'(/[^']*)'$", RegexOptions.Multiline)]
    private static partial Regex Files();
}

/// <summary>A FAT image with UEFI's boot loader.</summary>
/// <param name="Path">In the ISO's file system; null: it lies behind it.</param>
/// <param name="Start">Byte in the ISO, when it has no path.</param>
public sealed record EfiImage(string? Path, long Start, long Length);
