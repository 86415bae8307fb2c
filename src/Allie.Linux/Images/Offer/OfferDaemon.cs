using System.Net;
using System.Net.Sockets;
using Allie.Config;
using Allie.Errors;
using Allie.Images.Offer;
using Allie.Linux.Files;
using Allie.Linux.Fleet;
using Allie.Linux.Processes;

namespace Allie.Linux.Images.Offer;

/// <summary>
/// The temporary rsync daemon of an offer. Runs in the foreground until the other side has said that it is finished, and takes every
/// connection of it along when it ends.
/// </summary>
/// <param name="tree">Where the offered file system is mounted.</param>
/// <param name="directory">An empty private directory for configuration, secret and log.</param>
/// <param name="password">One-time password of user allie.</param>
/// <param name="tell">Hears who was refused and who came in, each once.</param>
public sealed class OfferDaemon(string tree, string directory, string password, Action<string> tell)
{
    private const int MostTold = 50;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly HashSet<string> _told = [];

    /// <summary>Before anything is mounted or said. Empty: all addresses.</summary>
    /// <exception cref="UserError">Exit 2: no address of this PC, or no port. Exit 4: taken.</exception>
    public static void Require(string address, int port)
    {
        IPAddress? ip = null;
        if (port is < 1 or > IPEndPoint.MaxPort || (address.Length > 0 && !IPAddress.TryParse(address, out ip)))
        {
            throw UserError.Refused($"cannot offer on '{address}', port {port}: that is no address and port", "ip address shows those of this PC; ports are 1 to 65535");
        }

        if (ListeningPorts.Has(port))
        {
            throw UserError.Busy($"cannot offer: something listens on port {port} already", "choose another with --port");
        }

        try
        {
            using var socket = new Socket((ip ?? IPAddress.Any).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(ip ?? IPAddress.Any, 0));
        }
        catch (SocketException e)
        {
            throw UserError.Refused($"cannot offer on {address}: {e.Message}", "ip address shows those of this PC; --address IP, or all");
        }
    }

    /// <summary>Ends when a capture is complete.</summary>
    /// <exception cref="UserError">The time is over, or the daemon could not run. Exit 130: interrupted.</exception>
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
            throw new UserError($"cannot offer: the rsync daemon ended by itself: {(File.Exists(LogFile) ? OfferLog.Fault(File.ReadLines(LogFile)) : null) ?? outcome.LastWord}");
        }
        catch (OperationCanceledException) when (finished.IsCancellationRequested && !interrupted.IsCancellationRequested)
        {
            return;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            throw new UserError("interrupted: the offer has ended before a capture was complete", "nothing of it stays here; to go on, offer it again: what the server has of the capture is not fetched twice", 130);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !interrupted.IsCancellationRequested)
        {
            throw new UserError($"the offer ended: no capture was complete within {Duration.Format(timeout)}", "offer it again, with a longer --timeout");
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
        using var log = new StreamReader(new FileStream(LogFile, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite));
        while (true)
        {
            var isLast = stop.IsCancellationRequested;
            while (await log.ReadLineAsync(CancellationToken.None) is { } line)
            {
                if (OfferLog.Tell(line) is { } told && _told.Count < MostTold && _told.Add(told))
                {
                    tell(told);
                }
            }

            if (isLast)
            {
                return;
            }

            if (File.Exists(OfferConf.Mark(directory)))
            {
                await finished.CancelAsync();
                return;
            }

            await Task.Delay(Interval, stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private string LogFile => OfferConf.Log(directory);
}
