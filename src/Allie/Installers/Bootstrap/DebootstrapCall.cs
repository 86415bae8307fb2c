using Allie.Errors;

namespace Allie.Installers.Bootstrap;

/// <summary>
/// The call of debootstrap(8): only the base, from one mirror. The packages come after it by the tree's own apt, as a kernel must find
/// the settings for its initramfs, and updates and security are further sources.
/// </summary>
public static class DebootstrapCall
{
    /// <exception cref="UserError">Exit 2: a source that it cannot read.</exception>
    public static IReadOnlyList<string> Arguments(BootstrapRequest request, string target)
    {
        var source = request.Sources.Select(DebLine.Parse).FirstOrDefault(l => l.Suite == request.Suite)
            ?? throw UserError.Refused($"debootstrap needs a whole mirror of {request.Suite}, which is in none of: {string.Join("; ", request.Sources)}", "give one, --mirror URL, or install mmdebstrap");
        if (request.Sources.Select(DebLine.Parse).FirstOrDefault(l => l.Url.StartsWith("copy:", StringComparison.Ordinal) || l.Url.StartsWith("file:", StringComparison.Ordinal)) is { } local)
        {
            throw UserError.Refused($"the apt inside the tree cannot reach {local.Url}", "install mmdebstrap, which reads it from outside, or serve it by HTTP");
        }

        if (request.Variant is not ("minbase" or "buildd"))
        {
            throw UserError.Refused($"debootstrap has no variant '{request.Variant}' here", "minbase or buildd; or install mmdebstrap");
        }

        return
        [
            "--variant=" + request.Variant, "--components=" + string.Join(',', source.Components),
            .. source.Option("signed-by") is { } keyring ? ["--keyring=" + keyring] : Array.Empty<string>(),
            source.Option("trusted") == "yes" ? "--no-check-gpg" : "--force-check-gpg", // it goes on without a keyring otherwise
            MmdebstrapCall.Word(request.Suite, "suite"), target, source.Url,
        ];
    }

    /// <summary>Only the lists of packages are fetched, and stay in the target.</summary>
    public static IReadOnlyList<string> Simulation(BootstrapRequest request, string target) => ["--print-debs", "--keep-debootstrap-dir", .. Arguments(request, target)];

    /// <summary>Of the packages asked for, those that the mirror's list (deb822) has under no name, also none that another package provides.</summary>
    public static IReadOnlyList<string> Missing(BootstrapRequest request, IEnumerable<string> list)
    {
        var names = list.Where(l => l.StartsWith("Package: ", StringComparison.Ordinal) || l.StartsWith("Provides: ", StringComparison.Ordinal))
            .SelectMany(l => l[l.IndexOf(' ')..].Split(',')).Select(n => n.Trim().Split(' ')[0]).ToHashSet();
        return [.. request.Packages.Where(p => !names.Contains(p.Split(':', '=', '/')[0]))];
    }

    /// <summary>"I: Retrieving Packages" and the like; one line a package is too much.</summary>
    public static string? Stage(string line)
    {
        var text = line.StartsWith("I: ", StringComparison.Ordinal) ? line[3..].TrimEnd('.') : "";
        return text is "Retrieving InRelease" or "Retrieving Packages" or "Installing core packages" or "Unpacking required packages" or "Configuring required packages"
            or "Unpacking the base system" or "Configuring the base system" or "Base system installed successfully" ? char.ToLowerInvariant(text[0]) + text[1..] : null;
    }
}
