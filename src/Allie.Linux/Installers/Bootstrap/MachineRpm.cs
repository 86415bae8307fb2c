using Allie.Errors;
using Allie.Files;
using Allie.Installers;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Installers.Bootstrap;

/// <summary>What this machine's own dnf and rpm say: repositories, and where the database is.</summary>
public sealed class MachineRpm(IRunner runner)
{
    /// <summary>The repositories that are turned on.</summary>
    /// <exception cref="UserError">Exit 2: none.</exception>
    public IReadOnlyList<string> Repositories(string suite)
    {
        var listed = runner.RunChecked(new Command("dnf", "-q", "-C", "repolist", "--enabled"), "give a repository: --mirror URL --gpg-key FILE").Output;
        var names = listed.Split('\n').Skip(1).Select(l => l.Split(' ')[0]).Where(n => n.Length > 0).ToList(); // after a line of headings
        return names.Count > 0 ? names : throw UserError.Refused(
            $"{suite} has nowhere to come from: dnf on this machine has no repositories",
            "give one: --mirror http://HOST/releases/42/Everything/x86_64/os/ --gpg-key FILE|URL");
    }

    /// <summary>
    /// rpm puts the database where the machine that installs has its own (Debian: in root's home), and the system in the tree would look
    /// for it in vain.
    /// </summary>
    public void PlaceDatabase(ImageRoot root, InstallerRelease release)
    {
        var (made, wanted) = (ImagePath.Of(runner.RunChecked(new Command("rpm", "--eval", "%_dbpath")).Output.Trim().TrimStart('/')), ImagePath.Of(release.RpmDatabase));
        if (made == wanted || root.TryStat(made) is not { IsDirectory: true })
        {
            return;
        }

        root.MakeDirectories(wanted.Parent, 0x1ED);
        if (root.Exists(wanted) && !root.RemoveEmptyDirectory(wanted))
        {
            throw new UserError($"cannot move the rpm database from {root.Show(made)} to {root.Show(wanted)}: something is there");
        }

        root.Rename(made, wanted);
    }
}
