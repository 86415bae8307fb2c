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
            rm etc/ssh/ssh_host_* run/fifo var/lib/systemd/random-seed # as blandify does
            rm var/lib/dbus/machine-id etc/machine-id; : >etc/machine-id
            printf 'LABEL=deb13 / ext4 defaults 0 1 # root\n' >etc/fstab
            truncate -s 8M 'var/lib/a*[b]?\c'; printf x >>'var/lib/a*[b]?\c'
            printf plain >'var/lib/aXXb?\c'
            mkdir -p var/lib/allie
            printf 'var/lib/holes\0var/lib/a*[b]?\\c\0' >var/lib/allie/sparse
            head -c 3000000 /dev/urandom >usr/share/big
            """);
        Publish(1);
        Port = FreePort.Find();
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

    /// <summary>By the real `image publish`, with digests and facts: the tree is then generation 1, 2, ... and what is served.</summary>
    /// <param name="blandify">Options of `image blandify`.</param>
    public void PublishForReal(string blandify = "")
    {
        var store = Path.Combine(_directory, "store");
        Shell.Run($"""
            mkdir -p -m 700 {store}/images/.work {store}/images/.generations
            printf 'store = "{store}"\n' >{_directory}/server.toml
            cp -a {Tree} {store}/images/.work/deb13
            {Binary.Path} image blandify deb13 {blandify} --config {_directory}/server.toml
            {Binary.Path} image publish deb13 -y --config {_directory}/server.toml
            rm -rf {Tree}
            cp -a {store}/images/deb13/. {Tree}
            """);
    }

    /// <param name="kilobytesPerSecond">0: as fast as it goes.</param>
    /// <param name="network">Where it listens; null: the loopback.</param>
    public void Start(int kilobytesPerSecond = 0, TwoNetworks? network = null)
    {
        string[] words =
        [
            .. network?.Server ?? [], "setpriv", "--pdeathsig", "KILL", "rsync", "--daemon", "--no-detach", $"--config={_directory}/rsyncd.conf",
            $"--address={(network is null ? "127.0.0.1" : TwoNetworks.ServerAddress)}", $"--port={Port}", $"--bwlimit={kilobytesPerSecond}",
        ];
        _daemon = Shell.Start(words[0], words[1..]);
        for (var tries = 0; network is null && !Answers(); tries++)
        {
            Assert.True(tries < 3000 && !_daemon.HasExited, "rsyncd did not start");
            Task.Delay(10).Wait();
        }
    }

    /// <summary>SIGSTOP or SIGCONT to the daemon and its transfers.</summary>
    public void Signal(string name) => Shell.Run($"""
        all() {"{"} echo $1; for child in $(pgrep -P $1 || true); do all $child; done; {"}"}
        kill -{name} $(all {_daemon!.Id})
        """);

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
}
