using System.Net;
using System.Net.Sockets;
using Allie.Linux.Processes;
using Allie.Linux.Tests.Shared;

namespace Allie.Linux.Tests.Overlays;

/// <summary>A real rsyncd on a free loopback port, as `allie server conf` sets one up; ends with the test.</summary>
public sealed class RsyncDaemon : IDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(Xunit.TestContext.Current.CancellationToken);
    private readonly Task _running;

    public RsyncDaemon(TempDirectory temp)
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        var store = temp.At("store");
        temp.Write("rsyncd.conf", $"""
            use chroot = no
            uid = root
            gid = root
            [pc]
            path = {store}
            filter = + /hosts - /overlays/host/* + /overlays/*** - *
            [pc-pc1]
            path = {store}
            filter = + /hosts + /overlays/host/pc1/*** - /overlays/host/* + /overlays/*** - *

            """);
        var command = new Command("rsync", "--daemon", "--no-detach", $"--config={temp.At("rsyncd.conf")}", $"--port={Port}", "--address=127.0.0.1");
        _running = Task.Run(() => new Runner(_end.Token).Run(command));
        Shell.Run($"for i in $(seq 2000); do rsync --contimeout=1 rsync://127.0.0.1:{Port}/ >/dev/null 2>&1 && exit 0; read -rt 0.05 <> <(:) || :; done; exit 1");
    }

    public int Port { get; }

    public void Dispose()
    {
        _end.Cancel();
        try
        {
            _running.Wait();
        }
        catch (AggregateException e) when (e.InnerException is OperationCanceledException)
        {
            // killed, as meant
        }

        _end.Dispose();
    }
}
