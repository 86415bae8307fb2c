namespace Allie.Boot;

/// <summary>A kernel with the initial RAM disk made for it; names are of files in the image's /boot.</summary>
public sealed record KernelPair(string Version, string Kernel, string Initrd)
{
    private const string KernelPrefix = "vmlinuz-";

    /// <summary>
    /// All pairs of a /boot listing, newest first. Debian names the initrd initrd.img-V, Fedora and RHEL initramfs-V.img, SUSE initrd-V.
    /// A rescue kernel comes last, whatever its number.
    /// </summary>
    public static IReadOnlyList<KernelPair> All(IReadOnlyCollection<string> names) =>
        [.. names.Where(n => n.StartsWith(KernelPrefix, StringComparison.Ordinal))
            .Select(n => n[KernelPrefix.Length..])
            .Select(version => (Version: version, Initrd: InitrdNames(version).FirstOrDefault(names.Contains)))
            .Where(found => found.Initrd is not null)
            .OrderBy(found => found.Version.Contains("rescue", StringComparison.Ordinal))
            .ThenByDescending(found => found.Version, KernelVersion.Order)
            .Select(found => new KernelPair(found.Version, KernelPrefix + found.Version, found.Initrd!))];

    private static string[] InitrdNames(string version) => [$"initrd.img-{version}", $"initramfs-{version}.img", $"initrd-{version}"];
}
