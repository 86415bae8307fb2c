using Allie.Errors;

namespace Allie.Installers.Bootstrap;

/// <summary>The "deb" lines for a suite, from --mirror or from the sources that the machine itself uses.</summary>
public static class AptLines
{
    private static readonly HashSet<string> Components =
        ["main", "contrib", "non-free", "non-free-firmware", "restricted", "universe", "multiverse"];

    private static readonly HashSet<string> Rolling = ["sid", "unstable", "testing", "experimental"];

    private static readonly string[] Pockets = ["", "-updates", "-security"];

    /// <summary>A URL becomes a line for main; a line that begins with "deb" stays as it is.</summary>
    /// <exception cref="UserError">Exit 2.</exception>
    public static IReadOnlyList<string> OfMirrors(IEnumerable<string> mirrors, string suite) =>
        [.. mirrors.Select(m => m.StartsWith("deb ", StringComparison.Ordinal) ? m
            : m.Contains(' ') || !m.Contains(':') ? throw UserError.Refused($"'{m}' is no mirror", "a URL, or a whole line: --mirror \"deb http://HOST/debian trixie main\"")
            : $"deb {m} {suite} main")];

    /// <summary>
    /// The machine's own mirror with the other suite put in place of the machine's: what it may use, the image may use. Updates and
    /// security come along when the machine has them; third parties' repositories do not.
    /// </summary>
    /// <param name="codename">The machine's own suite: VERSION_CODENAME of os-release.</param>
    /// <exception cref="UserError">Exit 2: the machine has no such source.</exception>
    public static IReadOnlyList<string> OfMachine(IEnumerable<AptSource> sources, string codename, string suite)
    {
        if (codename.Length > 0 && BootstrapPackages.IsUbuntu(suite) != BootstrapPackages.IsUbuntu(codename))
        {
            throw UserError.Refused($"{suite} is not on the mirror of this machine, which runs {codename}", $"give one that has it: --mirror URL; its keys are in the package {(BootstrapPackages.IsUbuntu(suite) ? "ubuntu-keyring" : "debian-archive-keyring")}");
        }

        var lines = sources.Where(s => Components.Contains(s.Component) && Pocket(s.Release, codename) is { } pocket && (pocket.Length == 0 || !Rolling.Contains(suite)))
            .GroupBy(s => (s.Uri, Pocket: Pocket(s.Release, codename)))
            .Select(g => $"deb {g.Key.Uri} {suite}{g.Key.Pocket} {string.Join(' ', g.Select(s => s.Component).Distinct())}").ToList();
        return lines.Any(l => l.Contains($" {suite} ")) ? lines : throw UserError.Refused("this machine's apt sources name no mirror of its distribution", "run apt-get update once if it never ran, or give one: --mirror http://HOST/debian");
    }

    private static string? Pocket(string release, string codename) =>
        codename.Length == 0 ? null : Pockets.FirstOrDefault(p => release == codename + p);
}
