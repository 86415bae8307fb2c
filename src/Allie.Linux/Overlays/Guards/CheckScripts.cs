using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Processes;
using Allie.Overlays;

namespace Allie.Linux.Overlays.Guards;

/// <summary>
/// /root/conf/check/etc/sudoers gets the new /etc/sudoers as $1 before it is installed; another exit code than 0 leaves the old one. Only in the running
/// image: an inactive one's programs do not run here. A script that comes in the same run counts already.
/// </summary>
internal sealed class CheckScripts(ImageRoot root, ImagePath directory, IRunner runner, TimeSpan limit) : IStepGuard
{
    private const int Execute = 0x49; // any x bit

    public void Check(OverlayStep step, ImagePath staged, Func<ImagePath, ImagePath?> stagedAt)
    {
        var name = step.Path.Under(directory);
        var script = stagedAt(name) ?? name;
        if (step.Do != OverlayAction.Install || root.TryStat(script) is not { IsRegular: true } facts || (facts.Permissions & Execute) == 0 || !root.Stat(staged).IsRegular)
        {
            return;
        }

        var environment = new Dictionary<string, string?> { ["ALLIE_ACTIVE"] = "1" };
        var outcome = runner.Run(new(root.Show(root.RealPath(script)), root.Show(root.RealPath(staged))) { Environment = environment, Limit = limit });
        if (!outcome.Ok)
        {
            throw new UserError($"{root.Show(name)} refuses the new file (exit {outcome.ExitCode}: {outcome.LastWord})", "mend the file in the layer; the old one stays");
        }
    }

    public void Before(OverlayStep step)
    {
    }
}
