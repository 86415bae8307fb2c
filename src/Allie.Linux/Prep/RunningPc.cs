using Allie.Files;
using Allie.Linux.Files;
using Allie.Prep;

namespace Allie.Linux.Prep;

/// <summary>What the running system has that makes this PC this PC, read through its root.</summary>
public sealed class RunningPc(ImageRoot root)
{
    private static readonly ImagePath SshDirectory = ImagePath.Of("etc/ssh");

    // The configuration directories of the network back ends; what is carried stays with its own kind.
    private static readonly string[] NetworkPlaces =
        ["etc/systemd/network", "etc/network/interfaces", "etc/network/interfaces.d", "etc/NetworkManager/system-connections", "etc/netplan"];

    public ImageRoot Root => root;

    /// <summary>As it is set for good; the kernel's where /etc/hostname says nothing.</summary>
    public string HostName() =>
        root.TryReadText(ImagePath.Of("etc/hostname"))?.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0 && !l.StartsWith('#'))
            is { } name and not "localhost" ? name : Environment.MachineName;

    public string? MachineId() =>
        root.TryReadText(ImagePath.Of("etc/machine-id"))?.Trim() is { Length: 32 } id && id.All(char.IsAsciiHexDigitLower) ? id : null;

    public IReadOnlyList<ImagePath> HostKeys() => HostKeysOf(root);

    public static IReadOnlyList<ImagePath> HostKeysOf(ImageRoot root) =>
        root.TryStat(SshDirectory) is { IsDirectory: true }
            ? [.. root.List(SshDirectory).Where(IsHostKey).Select(SshDirectory.Join)]
            : [];

    /// <summary>Profiles of the back ends that the new image has too.</summary>
    public IEnumerable<ImagePath> NetworkProfiles(ImageRoot fresh) =>
        NetworkPlaces.Select(ImagePath.Of)
            .Where(place => fresh.TryStat(root.TryStat(place) is { IsDirectory: false } ? place.Parent : place) is { IsDirectory: true })
            .SelectMany(FilesBelow);

    /// <summary>How fstab names the swap.</summary>
    public IReadOnlyList<string> SwapSpecs() => Fstab.SwapSpecs(root.TryReadText(ImagePath.Of("etc/fstab")) ?? "");

    private IEnumerable<ImagePath> FilesBelow(ImagePath path) => root.TryStat(path) switch
    {
        { IsDirectory: true } => root.List(path).SelectMany(name => FilesBelow(path.Join(name))),
        { IsRegular: true } or { IsSymlink: true } => [path],
        _ => [],
    };

    private static bool IsHostKey(string name) =>
        name.StartsWith("ssh_host_", StringComparison.Ordinal)
        && (name.EndsWith("_key", StringComparison.Ordinal) || name.EndsWith("_key.pub", StringComparison.Ordinal));
}
