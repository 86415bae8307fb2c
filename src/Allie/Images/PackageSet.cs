namespace Allie.Images;

/// <summary>Installed packages, name (with architecture, where several may be there) and version.</summary>
/// <param name="Kind">"dpkg" or "rpm".</param>
/// <param name="Versions">By name.</param>
public sealed record PackageSet(string Kind, IReadOnlyDictionary<string, string> Versions)
{
    /// <summary>dpkg's status file: paragraphs with Package, Architecture, Version and Status (dpkg-query(1)).</summary>
    public static PackageSet OfDpkg(string status)
    {
        var found = new Dictionary<string, string>();
        string name = "", version = "", architecture = "";
        var installed = true;
        foreach (var line in status.Split('\n').Append(""))
        {
            if (line.Length == 0)
            {
                if (name.Length > 0 && installed)
                {
                    found[architecture.Length > 0 ? $"{name}:{architecture}" : name] = version;
                }

                (name, version, architecture, installed) = ("", "", "", true);
            }
            else if (Field(line, "Package: ") is { } package)
            {
                name = package;
            }
            else if (Field(line, "Version: ") is { } number)
            {
                version = number;
            }
            else if (Field(line, "Architecture: ") is { } machine)
            {
                architecture = machine;
            }
            else if (Field(line, "Status: ") is { } state)
            {
                installed = state.EndsWith(" installed", StringComparison.Ordinal);
            }
        }

        return new("dpkg", found);
    }

    /// <summary>Lines of rpm -qa --qf '%{NAME}.%{ARCH} %{EPOCH}:%{VERSION}-%{RELEASE}\n'. A kernel may be there several times: all versions, joined.</summary>
    public static PackageSet OfRpm(IEnumerable<string> lines) => new("rpm", lines
        .Select(l => l.Split(' ', 2)).Where(p => p.Length == 2 && !p[0].StartsWith("gpg-pubkey.", StringComparison.Ordinal))
        .GroupBy(p => p[0], p => p[1].Replace("(none):", "", StringComparison.Ordinal))
        .ToDictionary(g => g.Key, g => string.Join(", ", g.Order(StringComparer.Ordinal))));

    /// <summary>Added (no Before), removed (no After) and changed packages, by name.</summary>
    public static IReadOnlyList<PackageChange> Between(PackageSet? before, PackageSet? after)
    {
        var (old, now) = (before?.Versions ?? new Dictionary<string, string>(), after?.Versions ?? new Dictionary<string, string>());
        return [.. old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Select(n => new PackageChange(n, old.GetValueOrDefault(n), now.GetValueOrDefault(n))).Where(c => c.Before != c.After)];
    }

    private static string? Field(string line, string key) => line.StartsWith(key, StringComparison.Ordinal) ? line[key.Length..].Trim() : null;
}

/// <summary>A package in one image and in another; null where it is not installed.</summary>
public readonly record struct PackageChange(string Name, string? Before, string? After);
