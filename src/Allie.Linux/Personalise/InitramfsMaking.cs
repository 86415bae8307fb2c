using Allie.Errors;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Images;
using Allie.Linux.Processes;

namespace Allie.Linux.Personalise;

/// <summary>Runs the image's own tool on one initramfs: chroot in namespaces of its own, with a /dev that has no disks. Only in a private mount namespace.</summary>
internal sealed class InitramfsMaking(ImageRoot fresh, IRunner runner)
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    /// <exception cref="UserError">The tool failed, or left the file as it was.</exception>
    internal void Make(ImagePath path, IReadOnlyList<string> words)
    {
        var before = fresh.TryStat(path);
        using var room = new EditRoom(fresh.RealHostPath);
        room.Furnish();
        var outcome = runner.Run(room.Call(words) with { Limit = Limit });
        var why = !outcome.Ok ? $"exit code {outcome.ExitCode}, {LastWords(outcome)}"
            : fresh.TryStat(path) is not { IsRegular: true, Size: > 0 } after ? "it left no such file"
            : after.Inode == before?.Inode && after.CtimeNs == before?.CtimeNs ? "it left the file as it was"
            : null;
        if (why is not null)
        {
            throw new UserError(
                $"cannot make {path} of the image anew by '{string.Join(' ', words)}': {why}",
                "it may not start on this PC; try the command in the image on the server (allie image edit NAME), mend it, publish, and run this again; or leave it out: skip = [\"initramfs\"] in [personalise]");
        }
    }

    /// <summary>The last is often only that it failed, the one before says why.</summary>
    private static string LastWords(Outcome outcome) =>
        outcome.ErrorTail.Where(l => l.Length > 0).TakeLast(2).ToList() is { Count: > 0 } last ? string.Join(" / ", last) : outcome.LastWord;
}
