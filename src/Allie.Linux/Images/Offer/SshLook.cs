using Allie.Errors;
using Allie.Images.Offer;
using Allie.Linux.Processes;
using Allie.Rsync;

namespace Allie.Linux.Images.Offer;

/// <summary>Asks a PC over ssh which file systems its running system is made of.</summary>
public sealed class SshLook(IRunner runner)
{
    /// <returns>The source with its parts, and the mount points that are left out.</returns>
    /// <exception cref="UserError">Exit 5: ssh did not get in.</exception>
    public (SshSource Source, IReadOnlyList<string> LeftOut) Look(SshSource source)
    {
        if (!source.IsAlive)
        {
            return (source, []);
        }

        var shell = source.Shell.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var outcome = runner.Run(new Command(shell[0], [.. shell[1..], source.Login, "cat", "/proc/self/mountinfo"]) { Limit = TimeSpan.FromMinutes(2) });
        if (!outcome.Ok)
        {
            if (outcome.ErrorTail.Select(l => RsyncExit.SshRefusalByOther(l, source.Login)).FirstOrDefault(r => r is not null) is { } refusal)
            {
                throw new UserError($"cannot capture {source.Host}: {refusal.Why}", refusal.Hint);
            }

            throw UserError.Unreachable(
                $"cannot capture {source.Host}: ssh ended with {outcome.ExitCode}: {outcome.LastWord}", $"does this work, without a question: {source.Shell} {source.Login} true");
        }

        var (parts, leftOut) = SystemMounts.OfMountinfo(outcome.Output.Split('\n'));
        return (source with { Parts = parts }, leftOut);
    }
}
