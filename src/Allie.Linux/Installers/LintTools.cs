using Allie.Installers;
using Allie.Installers.Lint;
using Allie.Linux.Processes;

namespace Allie.Linux.Installers;

/// <summary>The checkers of others, where this machine has them. None is needed.</summary>
public sealed class LintTools(IRunner runner)
{
    /// <summary>Where an administrator keeps Ubuntu's schema; it is not ours to bring.</summary>
    public const string UsualSchema = "/etc/allie/autoinstall-schema.json";

    /// <summary>What they found, and in Missing what is not here.</summary>
    /// <param name="release">Of a kickstart file; null: ksvalidator's own newest.</param>
    /// <param name="schema">Of an autoinstall file; null: the usual place, where there is one.</param>
    public (IReadOnlyList<InstallerFinding> Found, string? Missing) Check(InstallerFileKind kind, string file, InstallerRelease? release, string? schema) => kind switch
    {
        InstallerFileKind.Kickstart => Run("ksvalidator", [.. release is null ? Array.Empty<string>() : ["-v", release.PykickstartName], file]),
        // It ends with 0 on a bad line and only warns on stderr.
        InstallerFileKind.Preseed => Run("debconf-set-selections", ["-c", file]),
        _ when (schema ?? (File.Exists(UsualSchema) ? UsualSchema : null)) is { } found => new AutoinstallSchema(runner).Check(file, found),
        _ => ([], $"Ubuntu's autoinstall-schema.json: --schema FILE, or {UsualSchema}"),
    };

    private (IReadOnlyList<InstallerFinding>, string?) Run(string program, string[] arguments)
    {
        if (!Programs.Has(program))
        {
            return ([], program);
        }

        var said = new List<string>();
        var outcome = runner.Run(new Command(program, arguments) { Limit = TimeSpan.FromMinutes(1), OnErrorLine = said.Add });
        said.RemoveAll(l => l.Trim().Length == 0);
        return (outcome.Ok && said.Count == 0
            ? []
            : [new(0, program, said.Count > 0 ? string.Join("; ", said.Take(5)) : outcome.LastWord, $"{program} {string.Join(' ', arguments)}")], null);
    }
}
