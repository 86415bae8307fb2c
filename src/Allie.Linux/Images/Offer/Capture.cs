using System.Globalization;
using Allie.Errors;
using Allie.Images.Offer;
using Allie.Linux.Files;
using Allie.Linux.Processes;
using Allie.Linux.Rsync;
using Allie.Rsync;

namespace Allie.Linux.Images.Offer;

/// <summary>
/// Fetches what a golden PC offers into the work tree of an image. The caller holds the image's lock. Killed or cut off, it goes on where
/// it stopped when it is run again; the record beside the tree stays incomplete until a verify pass found nothing left to fetch.
/// </summary>
public sealed class Capture(IRunner runner, ImageStore store, string image, CaptureSource source)
{
    /// <summary>A directory that never exists: rsync only lists then.</summary>
    private string Nowhere => $"{store.WorkDirectory}/.{image}.none";

    /// <summary>The tree that would be written over is another PC's, or nobody's capture: work may be lost.</summary>
    public bool ReplacesOther => store.HasWorkTree(image) && store.Capture(image)?.From != source.Host;

    /// <summary>Paths of a running system that changed while it was captured: logs and the like.</summary>
    public IReadOnlyList<string> Moving { get; private set; } = [];

    /// <exception cref="UserError">Exit 5: no answer, or not let in. Exit 1: what is offered is no system.</exception>
    public void Look()
    {
        // One try: a wrong password does not become right, and who types it wants to know at once.
        var answer = Reach(new RsyncRunner(runner, RsyncRunner.DefaultPatience, tries: 1), source.Look(Nowhere), $"look at what {source.Host} offers");
        if (!CaptureSource.LooksLikeSystem(answer))
        {
            throw new UserError(
                $"cannot capture {source.Host}: what it offers has no etc or no usr", $"was the right device given to {(source.Ssh is null ? "allie offer" : "--root")}? nothing was changed here");
        }
    }

    /// <exception cref="UserError">The tree is not complete then, and what arrived is kept.</exception>
    public void Fetch(DateTime now, Action<RsyncProgress>? onProgress)
    {
        var rsync = new RsyncRunner(runner);
        store.WriteCapture(image, new(source.Host, ""));
        store.ForgetBlandify(image);
        PrivateDirectory.Make(store.WorkTree(image));
        File.Delete(store.BasisFile(image));
        Reach(rsync, source.Fetch(store.WorkTree(image)), $"capture {source.Host}", onProgress);
        var alive = source.Ssh is { IsAlive: true };
        if (alive)
        {
            Reach(rsync, source.Fetch(store.WorkTree(image)), $"capture what changed on {source.Host} meanwhile", onProgress);
        }

        var left = Reach(rsync, source.Verify(store.WorkTree(image)), $"verify the capture of {source.Host}");
        if (alive)
        {
            Moving = [.. left.Select(c => c.Name)];
            left = [.. left.Where(c => !CaptureSource.MayMove(c))];
        }

        if (left.Count > 0)
        {
            throw new UserError(
                $"cannot verify the capture of {source.Host}: {left.Count} paths still differ, {left[0].Name} first",
                "does the disk have room and no errors? run the command again, it goes on where it stopped");
        }

        store.WriteCapture(image, new(source.Host, now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
    }

    /// <summary>Lets the offer on the PC end. The capture is complete whether or not this arrives.</summary>
    public void TellFinished() => Reach(new RsyncRunner(runner), source.Finished(Nowhere), $"tell {source.Host} that it is done");

    private IReadOnlyList<RsyncChange> Reach(RsyncRunner rsync, RsyncCall call, string what, Action<RsyncProgress>? onProgress = null)
    {
        try
        {
            return rsync.Run(call, what, onProgress);
        }
        catch (UserError e) when (e.ExitCode == ExitCode.Unreachable)
        {
            throw new UserError(
                e.Message,
                source.Ssh is { } ssh ? $"does this work, without a question: {ssh.Shell} {ssh.Login} rsync --version" : $"does allie offer still run on {source.Host}, with this port ({source.Port}) and password?",
                ExitCode.Unreachable, e);
        }
    }
}
