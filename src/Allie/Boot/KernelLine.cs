namespace Allie.Boot;

/// <summary>The arguments that an image in a slot is started with, and reading those of the running kernel.</summary>
public static class KernelLine
{
    // Ours, the boot loader's, or another system's: a resume= would wake up somebody else's memory image.
    private static readonly string[] NotTheImages = ["root", "resume", "BOOT_IMAGE", "initrd"];

    /// <param name="fsUuid">Of the slot's file system, as prep made it.</param>
    /// <param name="slot">The slot's name.</param>
    /// <param name="home">Where the started image finds the boot loader's files; null where that is no partition.</param>
    /// <param name="imageArguments">The image's own /etc/kernel/cmdline (kernel-install(8)), or nothing.</param>
    /// <param name="pcArguments">What the PC's settings add.</param>
    public static IReadOnlyList<string> Make(string fsUuid, string slot, BootHomeName? home, string imageArguments, string pcArguments)
    {
        // panic=30: a kernel that dies starts the PC anew, and the try is used up by then
        string[] own = [$"root=UUID={fsUuid}", "ro", $"allie.slot={slot}", .. home is null ? Array.Empty<string>() : [home.Argument], "panic=30"];
        return [.. own, .. Words(imageArguments).Where(IsTheImages), .. Words(pcArguments)];
    }

    /// <summary>The slot that the running system was started from by an entry of ours; null: by another one.</summary>
    public static string? Slot(string kernelLine) => Value(kernelLine, "allie.slot=") is { Length: > 0 } slot ? slot : null;

    /// <summary>What follows the key (with its '='), the last one counting; null without it.</summary>
    public static string? Value(string kernelLine, string key) =>
        kernelLine.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).LastOrDefault(w => w.StartsWith(key, StringComparison.Ordinal))?[key.Length..];

    private static bool IsTheImages(string word) =>
        word is not ("ro" or "rw") && !NotTheImages.Contains(word.Split('=')[0]) && !word.StartsWith("allie.", StringComparison.Ordinal);

    /// <summary>Lines that begin with '#' are comments to kernel-install too.</summary>
    private static IEnumerable<string> Words(string text) =>
        text.Split('\n').Where(l => !l.TrimStart().StartsWith('#')).SelectMany(l => l.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries));
}
