using Allie.Errors;
using Allie.Images;
using Allie.Linux.Files;
using Allie.Linux.Processes;

namespace Allie.Linux.Images;

/// <summary>
/// The temporary rsync daemon of an offer. Runs in the foreground until the other side has said that it is finished, and takes every
/// connection of it along when it ends.
/// </summary>
/// <param name="tree">Where the offered file system is mounted.</param>
/// <param name="directory">An empty private directory for configuration, secret and log.</param>
/// <param name="password">One-time password of user allie.</param>
public sealed class OfferDaemon(string tree, string directory, string password)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Ends when a capture is complete.</summary>
    /// <exception cref="UserError">The time is over, or the daemon could not run.</exception>
    /// <exception cref="OperationCanceledException">Interrupted.</exception>
    public void Run(string address, int port, TimeSpan timeout, CancellationToken interrupted)
    {
        Prepare(address, port);
        using var over = new CancellationTokenSource(timeout);
        using var finished = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(interrupted, over.Token, finished.Token);
        var watch = WatchAsync(finished, stop.Token);
        try
        {
            var outcome = new Runner(stop.Token).Run(new Command(Words()[0], [.. Words().Skip(1)]) { Limit = timeout + TimeSpan.FromHours(1) });
            throw new UserError($"cannot offer: the rsync daemon ended by itself: {LastWord(outcome)}", "is the port in use? choose another with --port");
        }
        catch (OperationCanceledException) when (finished.IsCancellationRequested && !interrupted.IsCancellationRequested)
        {
            return;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !interrupted.IsCancellationRequested)
        {
            throw new UserError($"the offer ended: no capture was complete within {timeout.TotalMinutes:0} minutes", "offer it again, with a longer --timeout");
        }
        finally
        {
            stop.Cancel();
            watch.Wait(CancellationToken.None);
        }
    }

    private void Prepare(string address, int port)
    {
        Directory.CreateDirectory(directory + "/nothing");
        AtomicFile.Write(OfferConf.Secrets(directory), $"{CaptureSource.User}:{password}\n", 0x180);
        AtomicFile.Write(directory + "/rsyncd.conf", OfferConf.Format(tree, directory, address, port), 0x180);
    }

    /// <summary>
    /// If we are killed, setpriv has the kernel kill unshare, and unshare the daemon: as first process of a PID namespace it takes
    /// the processes that serve connections along. Old systems lack them; there the daemon would stay until its --timeout.
    /// </summary>
    private string[] Words()
    {
        string[] daemon = ["rsync", "--daemon", "--no-detach", $"--config={directory}/rsyncd.conf"];
        return Knows("setpriv", "--pdeathsig") && Knows("unshare", "--kill-child")
            ? ["setpriv", "--pdeathsig", "KILL", "unshare", "--pid", "--fork", "--kill-child=KILL", .. daemon]
            : daemon;
    }

    private static bool Knows(string program, string option)
    {
        try
        {
            return new Runner(CancellationToken.None).Run(new Command(program, "--help")).Output.Contains(option, StringComparison.Ordinal);
        }
        catch (UserError)
        {
            return false; // not installed
        }
    }

    private async Task WatchAsync(CancellationTokenSource finished, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (File.Exists(OfferConf.Mark(directory)))
            {
                await finished.CancelAsync();
                return;
            }

            await Task.Delay(Interval, stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private string LastWord(Outcome outcome) =>
        File.Exists(directory + "/log") ? File.ReadLines(directory + "/log").LastOrDefault(l => l.Contains("rsync")) ?? outcome.LastWord : outcome.LastWord;
}
