using Allie.Errors;
using Allie.Installers.Lint;
using Allie.Linux.Processes;

namespace Allie.Linux.Installers;

/// <summary>The checkers of others, where this machine has them. None is needed.</summary>
public sealed class LintTools(IRunner runner)
{
    /// <summary>What they found, and in Missing the one that is not here.</summary>
    public (IReadOnlyList<InstallerFinding> Found, string? Missing) Check(InstallerFileKind kind, string file) => kind switch
    {
        InstallerFileKind.Kickstart => Run("ksvalidator", [file]),
        // It ends with 0 on a bad line and only warns on stderr.
        InstallerFileKind.Preseed => Run("debconf-set-selections", ["-c", file]),
        _ => ([], "Subiquity's validate-autoinstall-user-data"),
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
