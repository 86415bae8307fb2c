using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Prep;

/// <summary>A real rsyncd on loopback with one small image that has every kind of entry.</summary>
public sealed class ImageServer : IDisposable
{
    private readonly string _directory;
    private Process? _daemon;

    public ImageServer(string directory)
    {
        _directory = directory;
        Directory.CreateDirectory(Path.Combine(directory, "overlays"));
        File.WriteAllText(Path.Combine(directory, "hosts"), "");
        Shell.Run($"""
            . {Binary.Repository}/tests/Allie.EndToEnd/BenchPc/tree.sh
            mkdir {Tree}
            fake_distribution {Tree} deb13
            cd {Tree}
            rm etc/ssh/ssh_host_* run/fifo
            rm var/lib/dbus/machine-id etc/machine-id; : >etc/machine-id
            printf 'LABEL=deb13 / ext4 defaults 0 1 # root\n' >etc/fstab
            truncate -s 8M 'var/lib/a*[b]?\c'; printf x >>'var/lib/a*[b]?\c'
            printf plain >'var/lib/aXXb?\c'
            mkdir -p var/lib/allie
            printf 'var/lib/holes\0var/lib/a*[b]?\\c\0' >var/lib/allie/sparse
            head -c 3000000 /dev/urandom >usr/share/big
            """);
        Publish(1);
        Port = FreePort();
        File.WriteAllText(Path.Combine(directory, "rsyncd.conf"), $"""
            uid = root
            gid = root
            use chroot = yes
            read only = yes
            numeric ids = yes
            pid file = {directory}/rsyncd.pid
            [image-deb13]
            path = {Tree}
            [pc]
            path = {directory}
            filter = + /hosts + /overlays/*** - *

            """);
    }

    public int Port { get; }

    public bool IsUp => _daemon is { HasExited: false };

    public string Tree => Path.Combine(_directory, "deb13");

    public void Publish(int generation) => File.WriteAllText(
        Path.Combine(Tree, "etc/allie-image"),
        $"name = \"deb13\"\ngeneration = {generation}\ncaptured = \"2026-11-23T15:00:00Z\"\nfrom = \"golden\"\n");

    /// <param name="kilobytesPerSecond">0: as fast as it goes.</param>
    public void Start(int kilobytesPerSecond = 0)
    {
        _daemon = Shell.Start(
            "setpriv", "--pdeathsig", "KILL", "rsync", "--daemon", "--no-detach", $"--config={_directory}/rsyncd.conf", "--address=127.0.0.1", $"--port={Port}",
            $"--bwlimit={kilobytesPerSecond}");
        for (var tries = 0; !Answers(); tries++)
        {
            Assert.True(tries < 500 && !_daemon.HasExited, "rsyncd did not start");
            Task.Delay(10).Wait();
        }
    }

    /// <summary>With its transfers under way.</summary>
    public void Kill()
    {
        if (_daemon is not null)
        {
            _daemon.Kill(entireProcessTree: true);
            _daemon.WaitForExit();
            _daemon = null;
            File.Delete(Path.Combine(_directory, "rsyncd.pid"));
        }
    }

    public void Dispose() => Kill();

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
