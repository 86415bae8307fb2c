using Allie.Errors;
using Allie.Installers.Bootstrap;
using Allie.Linux.Processes;

namespace Allie.Linux.Installers.Bootstrap;

/// <summary>What this machine's own apt and dpkg say: sources, suite, architecture.</summary>
public sealed class MachineApt(IRunner runner)
{
    private const string OsRelease = "/etc/os-release";

    /// <summary>The "deb" lines that give the suite from the mirror of this machine.</summary>
    /// <exception cref="UserError">No apt here, or no such source.</exception>
    public IReadOnlyList<string> Lines(string suite)
    {
        var listed = runner.RunChecked(
            new Command("apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages"), "give a mirror: --mirror http://HOST/debian");
        var sources = listed.Output.Split('\n').Select(l => l.Split(' ')).Where(w => w.Length == 3).Select(w => new AptSource(w[0], w[1], w[2]));
        return AptLines.OfMachine(sources, Codename(), suite);
    }

    /// <summary>dpkg's name: amd64, arm64.</summary>
    public string Architecture() => runner.RunChecked(new Command("dpkg", "--print-architecture")).Output.Trim();

    private static string Codename() =>
        File.Exists(OsRelease)
            ? File.ReadLines(OsRelease).FirstOrDefault(l => l.StartsWith("VERSION_CODENAME=", StringComparison.Ordinal))?["VERSION_CODENAME=".Length..].Trim('"') ?? ""
            : "";
}
