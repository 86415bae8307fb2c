using Allie.Errors;
using Allie.Files;

namespace Allie.Personalise.Items;

/// <summary>The lines of a PC's fstab that are the PC's and not the image's.</summary>
/// <param name="Lines">For the new fstab.</param>
/// <param name="Points">Directories that they need.</param>
/// <param name="Notes">What was left out, or may surprise.</param>
internal sealed record OwnMounts(IReadOnlyList<FstabLine> Lines, IReadOnlyList<ImagePath> Points, IReadOnlyList<string> Notes)
{
    private const string EspMark = "#allie:esp ";

    /// <summary>Kernel file systems: every image brings its own.</summary>
    private static readonly HashSet<string> Kernels =
    [
        "proc", "sysfs", "devpts", "tmpfs", "ramfs", "devtmpfs", "debugfs", "tracefs", "securityfs", "cgroup", "cgroup2", "mqueue", "hugetlbfs", "configfs",
        "binfmt_misc", "efivarfs", "rpc_pipefs", "nfsd", "usbfs", "fusectl", "swap", "overlay", "squashfs", "iso9660", "udf",
    ];

    private static readonly string[] Removable = ["/dev/sr", "/dev/cdrom", "/dev/dvd", "/dev/scd", "/dev/fd"];

    internal static OwnMounts Of(string old, string fresh, PersonalFacts facts)
    {
        var (lines, points, notes) = (new List<FstabLine>(), new List<ImagePath>(), new List<string>());
        foreach (var swap in FstabLine.All(old).Where(l => l.Type == "swap").Select(l => facts.SwapUuid(l.Spec)).OfType<string>().Distinct())
        {
            // nofail: a swap partition that is gone must not hold up the start of the PC
            lines.Add(FstabLine.TryParse($"UUID={swap}\tnone\tswap\tsw,nofail\t0\t0")!);
        }

        var taken = FstabLine.All(Fstab.WithOwn(fresh, [])).GroupBy(l => l.Point).ToDictionary(g => g.Key, g => g.Last().Spec, StringComparer.Ordinal);
        if (Esp(old, fresh) is { } esp && !taken.ContainsKey(esp.Point))
        {
            lines.Add(esp);
        }

        foreach (var line in FstabLine.All(old).Where(IsData))
        {
            if (taken.TryGetValue(line.Point, out var spec))
            {
                if (spec != line.Spec)
                {
                    notes.Add($"{line.Point}: the image's own line stays, with {spec} instead of {line.Spec}");
                }

                continue;
            }

            if (PointOf(line) is not { } point || (line.Spec.StartsWith('/') && !line.Spec.StartsWith("/dev/", StringComparison.Ordinal) && !line.Spec.StartsWith("//", StringComparison.Ordinal) && !IsBind(line)))
            {
                notes.Add($"{line.Point} is not carried: {line.Spec} lies in the old image");
                continue;
            }

            lines.Add(Carried(line, facts));
            points.Add(point);
        }

        return new(lines, points, notes);
    }

    /// <summary>The root and what boots it are each image's own matter.</summary>
    private static bool IsData(FstabLine line) =>
        line.Point.StartsWith('/') && line.Point is not ("/" or "/usr" or "/boot" or "/boot/efi" or "/efi")
        && !Kernels.Contains(line.Type) && !Removable.Any(d => line.Spec.StartsWith(d, StringComparison.Ordinal));

    private static bool IsBind(FstabLine line) => line.OptionList.Any(o => o is "bind" or "rbind");

    /// <summary>By UUID where it was a device name, which may be another disk's under another kernel; nofail, as no data disk may hold up the start.</summary>
    private static FstabLine Carried(FstabLine line, PersonalFacts facts)
    {
        var isName = line.Spec.StartsWith("/dev/", StringComparison.Ordinal) && !line.Spec.StartsWith("/dev/mapper/", StringComparison.Ordinal);
        var stable = isName && facts.DeviceUuid(line.Spec) is { } uuid ? line.WithSpec("UUID=" + uuid) : line;
        return stable.WithOption("nofail");
    }

    private static ImagePath? PointOf(FstabLine line)
    {
        try
        {
            return ImagePath.FromRaw(line.Point);
        }
        catch (UserError)
        {
            return null;
        }
    }

    /// <summary>Where blandify left a place for it. noauto: an image in a slot must not write to the partition that all images boot by.</summary>
    private static FstabLine? Esp(string old, string fresh)
    {
        var mark = fresh.Split('\n').FirstOrDefault(l => l.StartsWith(EspMark, StringComparison.Ordinal));
        return mark is not null && FstabLine.All(old).FirstOrDefault(l => l.Point is "/boot/efi" or "/efi") is { } line
            ? line.WithPoint(mark.Split([' ', '\t']).Contains("/efi") ? "/efi" : "/boot/efi").WithOption("noauto").WithOption("nofail")
            : null;
    }
}
