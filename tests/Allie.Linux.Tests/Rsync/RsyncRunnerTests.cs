using Allie.Errors;
using Allie.Linux.Processes;
using Allie.Linux.Rsync;
using Allie.Linux.Tests.Shared;
using Allie.Rsync;
using Xunit;

namespace Allie.Linux.Tests.Rsync;

public class RsyncRunnerTests
{
    private static readonly RsyncRunner Real = new(new Runner(TestContext.Current.CancellationToken));

    [Fact]
    public void A_copy_keeps_everything_and_a_second_run_changes_nothing()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        using var temp = new TempDirectory();
        Shell.Run(
            """
            mkdir -p s/d; echo a > s/f; ln s/f s/d/hard; ln -s x s/l; mkfifo s/p; setfattr -n trusted.t -v 1 s/f; chown 5:6 s/d
            touch $'s/\xff\n'; touch -d '2001-02-03 04:05:06.123456789' s/f
            """, temp.Path);
        var call = new RsyncCall([temp.At("s/")], temp.At("t/")) { Itemize = true, Progress = true };

        var first = Real.Run(call, "copy");
        var second = Real.Run(call with { DryRun = true, Checksum = true }, "verify");

        Assert.Contains(first, c => c.Name == "f" && c.IsContent);
        Assert.Empty(second);
        Assert.Equal("1", Shell.Run("getfattr --only-values -n trusted.t t/f; stat -c %i t/f t/d/hard | uniq | wc -l | grep -qx 1", temp.Path));
    }

    [Fact]
    public void A_server_that_is_not_there_is_exit_5_after_some_tries()
    {
        using var temp = new TempDirectory();
        var quick = new RsyncRunner(new Runner(TestContext.Current.CancellationToken), TimeSpan.FromSeconds(5), tries: 2);

        var error = Assert.Throws<UserError>(() => quick.Run(new RsyncCall(["rsync://127.0.0.1/none/"], temp.At("t/")) { Port = 1 }, "fetch image none"));

        Assert.Equal(ExitCode.Unreachable, error.ExitCode);
        Assert.Contains("fetch image none", error.Message);
    }

    [Fact]
    public void A_server_at_its_limit_of_connections_is_asked_again_and_one_that_refuses_is_not()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: chroot of rsyncd");
        using var temp = new TempDirectory();
        temp.Write("s/f", "x");
        var lockFile = temp.Write("lock", "");
        using var server = new Fleet.RsyncDaemon(temp.Write("rsyncd.conf", $"[m]\npath = {temp.At("s")}\nmax connections = 1\nlock file = {lockFile}\n"));

        // As a connection of another PC holds its part of the lock file, until we have been sent away three times.
        var hold = $"import fcntl,sys; f=open('{lockFile}','r+'); fcntl.lockf(f, fcntl.LOCK_EX, 4, 0); open('{temp.At("held")}','w'); sys.stdin.read()";
        using var other = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("python3", ["-c", hold]) { RedirectStandardInput = true })!;
        Shell.Run("for i in $(seq 5000); do [ -e held ] && exit 0; read -rt 0.02 <> <(:) || :; done; exit 1", temp.Path);
        var waits = 0;
        var patient = new RsyncRunner(new Runner(TestContext.Current.CancellationToken), TimeSpan.FromSeconds(20), pause: _ =>
        {
            if (++waits == 5)
            {
                other.StandardInput.Close(); // and with it the connection ends
                other.WaitForExit();
            }
        });

        patient.Run(new RsyncCall(["rsync://127.0.0.1/m/"], temp.At("t/")) { Port = server.Port }, "fetch");

        Assert.True(waits == 5, $"{waits} waits");
        Assert.Equal("x", File.ReadAllText(temp.At("t/f")));
        Assert.Throws<UserError>(() => patient.Run(new RsyncCall(["rsync://127.0.0.1/none/"], temp.At("t/")) { Port = server.Port }, "fetch"));
        Assert.True(waits == 5, "it asked again");
    }

    [Fact]
    public async Task A_killed_generator_leaves_no_receiver_that_holds_the_target()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: chroot of rsyncd");
        using var temp = new TempDirectory();
        Shell.Run("mkdir s; head -c 8000000 /dev/urandom >s/f", temp.Path);
        using var server = new Fleet.RsyncDaemon(temp.Write("rsyncd.conf", $"[m]\npath = {temp.At("s")}\n"));
        var once = new RsyncRunner(new Runner(TestContext.Current.CancellationToken), RsyncRunner.DefaultPatience, tries: 1);
        var call = new RsyncCall(["rsync://127.0.0.1/m/"], temp.At("t/")) { Port = server.Port, Bandwidth = "100k" };
        var running = Task.Run(() => Assert.Throws<UserError>(() => once.Run(call, "fetch")));

        // One that waits for a server that waits for the dead generator does not end either (1 of 40 kills); this one stands still for certain.
        var receiver = Shell.Run(
            $$"""
            for i in $(seq 3000); do
              for g in $(pgrep -x rsync || true); do
                if [ "$(readlink /proc/$g/cwd)" = {{temp.At("t")}} ] && r=$(pgrep -P $g); then kill -STOP $r; kill -KILL $g; echo $r; exit; fi
              done
              read -rt 0.02 <> <(:) || :
            done
            exit 1
            """);

        Assert.Contains("rsync exit 137", (await running).Message);
        Assert.Equal("", Shell.Run($"grep -s State /proc/{receiver}/status | grep -v Z || true"));
    }

    [Fact]
    public void A_missing_source_is_incomplete_and_says_what()
    {
        using var temp = new TempDirectory();

        var error = Assert.Throws<UserError>(() => Real.Run(new RsyncCall([temp.At("none")], temp.At("t/")), "copy it"));

        Assert.Equal(ExitCode.Failed, error.ExitCode);
        Assert.Contains("rsync exit 23", error.Message);
        Assert.Contains("none", error.Message);
    }
}
