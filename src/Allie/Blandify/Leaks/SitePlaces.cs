using Allie.Files;

namespace Allie.Blandify.Leaks;

/// <summary>Which parts of a tree only packages write, and where a trait may stand without being a leak.</summary>
public static class SitePlaces
{
    private static readonly string[] Packages =
    [
        "usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32", "var/cache", "var/lib/apt", "var/lib/dpkg", "var/lib/rpm", "var/lib/dnf", "var/lib/yum", "var/lib/pacman",
        "var/lib/zypp", "var/lib/PackageKit", "var/lib/flatpak", "var/lib/snapd", "snap", "boot/grub/i386-pc", "boot/grub/x86_64-efi", "etc/ssl/certs", "etc/pki/ca-trust",
        "etc/alternatives", "etc/services", "etc/mime.types", "etc/dictionaries-common", "etc/ssh/moduli",
    ];

    /// <summary>Written by packages alone: usr but not usr/local, the packages' own databases.</summary>
    public static bool IsOfPackages(ImagePath path) =>
        Packages.Any(p => path.Raw.StartsWith(p, StringComparison.Ordinal) && (path.Raw.Length == p.Length || path.Raw[p.Length] == '/'))
        && !path.IsAtOrBelow(ImagePath.FromRaw("usr/local"));

    /// <summary>
    /// Tables of the whole site and our own stamp: the same on every PC, and they name the captured machine among others. A line that the fstab rule put aside is
    /// for the administrator to read.
    /// </summary>
    public static bool MayStand(ImagePath path, string kind, ReadOnlySpan<byte> line) =>
        line.StartsWith("#allie:"u8)
        || path.Raw switch
        {
            "etc/allie-image" => true,
            "etc/ssh/ssh_known_hosts" => kind is Identities.TraitKind.HostKey or Identities.TraitKind.HostName or Identities.TraitKind.Address,
            "etc/hosts" => kind is Identities.TraitKind.HostName or Identities.TraitKind.Address && !IsLoopback(line),
            _ => false,
        };

    private static bool IsLoopback(ReadOnlySpan<byte> line) => line.TrimStart(" \t"u8) is var at && (at.StartsWith("127."u8) || at.StartsWith("::1"u8));
}
