namespace Allie.Boot;

/// <summary>The arguments that an image in a slot is started with, in GRUB's script language.</summary>
public static class KernelLine
{
    // Ours, the boot loader's, or another system's: a resume= would wake up somebody else's memory image.
    private static readonly string[] NotTheImages = ["root", "resume", "BOOT_IMAGE", "initrd"];

    /// <param name="fsUuid">Of the slot's file system, as prep made it.</param>
    /// <param name="slot">The slot's name.</param>
    /// <param name="imageArguments">The image's own /etc/kernel/cmdline (kernel-install(8)), or nothing.</param>
    /// <param name="pcArguments">What the PC's settings add.</param>
    public static string Make(string fsUuid, string slot, string imageArguments, string pcArguments)
    {
        string[] own =
        [
            $"root=UUID={fsUuid}", "ro", GrubText.Word($"allie.slot={slot}"),
            "allie.prefix=$prefix", // GRUB tells its own directory: how a started image knows where the menu is
            "panic=30",
        ];
        var image = Words(imageArguments).Where(IsTheImages);
        return string.Join(' ', [.. own, .. image.Concat(Words(pcArguments)).Select(GrubText.Word)]);
    }

    private static bool IsTheImages(string word) =>
        word is not ("ro" or "rw") && !NotTheImages.Contains(word.Split('=')[0]) && !word.StartsWith("allie.", StringComparison.Ordinal);

    /// <summary>Lines that begin with '#' are comments to kernel-install too.</summary>
    private static IEnumerable<string> Words(string text) =>
        text.Split('\n').Where(l => !l.TrimStart().StartsWith('#')).SelectMany(l => l.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries));
}
