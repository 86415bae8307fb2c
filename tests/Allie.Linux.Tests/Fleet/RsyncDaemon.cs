using System.Net;
using System.Net.Sockets;
using Allie.Linux.Processes;
using Xunit;

namespace Allie.Linux.Tests.Fleet;

/// <summary>A real rsyncd on a free port of loopback, for as long as this lives.</summary>
internal sealed class RsyncDaemon : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Task _running;

    internal RsyncDaemon(string conf, int? port = null)
    {
        Port = port ?? FreePort();
        _running = Task.Run(() => new Runner(_stop.Token).Run(new Command("rsync", "--daemon", "--no-detach", $"--config={conf}", $"--port={Port}", "--address=127.0.0.1")));
        var deadline = Environment.TickCount64 + 120_000;
        while (!Answers())
        {
            Assert.True(!_running.IsCompleted && Environment.TickCount64 < deadline, "rsyncd does not answer");
        }
    }

    internal int Port { get; }

    /// <summary>Runs rsync as a client; the words stand for what follows the common ones.</summary>
    internal Outcome Client(params string[] words) =>
        new Runner(CancellationToken.None).Run(new Command("rsync", ["-aHAX", "--numeric-ids", "--contimeout=10", $"--port={Port}", .. words]));

    public void Dispose()
    {
        _stop.Cancel();
        try
        {
            _running.Wait();
        }
        catch (AggregateException e) when (e.InnerException is OperationCanceledException)
        {
            // as asked
        }

        _stop.Dispose();
    }

    private bool Answers()
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
