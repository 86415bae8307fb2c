namespace Allie.Blandify.Identities;

/// <summary>What would be found everywhere and mean nothing.</summary>
internal static class TooCommon
{
    private const int ShortestName = 4;

    private static readonly HashSet<string> NoNames = ["localhost", "localhost.localdomain", "localhost4", "localhost6", "localhost.localdomain4", "localhost.localdomain6", "(none)", "none"];

    private static readonly HashSet<string> Words =
    [
        "admin", "alma", "almalinux", "alpha", "amd64", "arch", "archlinux", "base", "beta", "boot", "build", "builder", "centos", "client", "cloud", "cluster", "compute", "computer",
        "control", "data", "debian", "default", "desktop", "development", "domain", "dummy", "example", "fedora", "file", "files", "gateway", "gentoo", "guest", "head", "home", "host",
        "hostname", "image", "install", "installer", "kali", "laptop", "linux", "live", "local", "login", "mail", "main", "manager", "master", "mint", "model", "name", "network", "node",
        "notebook", "office", "opensuse", "oracle", "print", "printer", "proxy", "raspberrypi", "redhat", "rescue", "rhel", "rocky", "root", "router", "scientific", "server", "services",
        "slave", "storage", "suse", "system", "template", "test", "testing", "ubuntu", "unknown", "user", "vanilla", "virtual", "work", "worker", "workstation", "x86_64",
    ];

    /// <summary>Null: it can be looked for. Empty: it is nobody's identity and not worth a word.</summary>
    internal static string? Why(Trait trait) => trait.Kind switch
    {
        TraitKind.HostName => NoNames.Contains(trait.Value) ? "" : trait.Value.Contains('.') ? null : Name(trait.Value),
        TraitKind.Mac or TraitKind.MachineId or TraitKind.FileSystem or TraitKind.Nvme => IsUniform(trait.Value) ? "" : null,
        TraitKind.Address => trait.Value.StartsWith("127.", StringComparison.Ordinal) || trait.Value.StartsWith("0.", StringComparison.Ordinal)
            || trait.Value.StartsWith("169.254.", StringComparison.Ordinal) || trait.Value.StartsWith("255.", StringComparison.Ordinal) || trait.Value is "::1" or "::" ? "" : null,
        TraitKind.Disk => trait.Value.Length < 8 ? "it is too short" : null,
        _ => trait.Value.Length < 8 ? "" : null,
    };

    private static string? Name(string name) =>
        name.Length < ShortestName ? $"it has fewer than {ShortestName} characters"
        : Words.Contains(name) ? "it is a common word"
        : name.All(char.IsAsciiDigit) ? "it is a mere number"
        : null;

    /// <summary>All zeros, all f, as machines without one have.</summary>
    private static bool IsUniform(string value) => value.Where(char.IsAsciiHexDigit).Distinct().Count() < 2;
}
