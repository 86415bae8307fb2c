using Allie.Config;
using Allie.Errors;
using Allie.Linux.Overlays;
using Allie.Linux.Processes;
using Allie.Linux.Rsync;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Overlays;

/// <summary>The whole of apply against a real rsyncd.</summary>
public sealed class ApplyRunTests : IDisposable
{
    private const string Store =
        """
        mkdir -p image/etc image/var/lib store/overlays/{all/etc,f18/etc,sl6/etc,group/g/all/etc,host/pc1/all/etc,host/pc2/all/etc}
        echo 'name = "f18"' > image/etc/allie-image
        for i in 1 2 3; do echo all > store/overlays/all/etc/a$i; done
        echo f18 > store/overlays/f18/etc/f; echo sl6 > store/overlays/sl6/etc/s; echo g > store/overlays/group/g/all/etc/a1; echo h > store/overlays/host/pc1/all/etc/h
        echo 'pc1 groups=g addr=127.0.0.1' > store/hosts

        """;

    private readonly TempDirectory _temp = new();

    public ApplyRunTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        Shell.Run(Store, _temp.Path);
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_layers_of_this_pc_and_no_others_are_fetched_and_applied()
    {
        using var server = new RsyncDaemon(_temp);

        var result = Apply(server.Port);

        Assert.Empty(result.Faults);
        Assert.Equal("a1=g a2=all a3=all f=f18 h=h", Etc());
        Assert.Equal("hosts overlays\nall f18 group host pc1", Shell.Run("cd image/var/lib/allie/layers; echo *; cd overlays; echo * $(ls host)", _temp.Path));
        Assert.Empty(Apply(server.Port).Done);
    }

    [Fact]
    public void A_layer_that_vanished_or_became_empty_stays_as_it_was_fetched()
    {
        using var server = new RsyncDaemon(_temp);
        Apply(server.Port);

        Shell.Run("mv store/overlays/all x; mv store/overlays/group y; rm store/overlays/f18/etc/f", _temp.Path);
        var notes = new List<string>();
        var result = Apply(server.Port, notes);

        Assert.Empty(result.Done);
        Assert.Contains("layer f18 has become empty", Assert.Single(notes, n => n.Contains("f18")));
        Assert.Equal("a1=g a2=all a3=all f=f18 h=h", Etc());
        Assert.NotEmpty(Apply(server.Port, accept: true).Done);
        Assert.Equal("h=h", Etc());
    }

    [Fact]
    public void Layers_that_move_while_they_are_fetched_are_not_applied()
    {
        using var server = new RsyncDaemon(_temp);
        Apply(server.Port);
        var moving = new MovingServer(new Runner(TestContext.Current.CancellationToken), _temp.At("store/overlays/all/etc/a2"));

        var error = Assert.Throws<UserError>(() => ApplyRun.Open(Request(), Settings(server.Port), new RsyncRunner(moving)).Dispose());

        Assert.Contains("kept changing", error.Message);
        Assert.True(moving.Moved > 3, "the fault did not fire");
        Assert.Equal("a1=g a2=all a3=all f=f18 h=h", Etc());
        Apply(server.Port);
        Assert.StartsWith("a1=g a2=moved", Etc());
    }

    [Fact]
    public void A_server_that_is_away_is_exit_5_and_nothing_is_touched()
    {
        int port;
        using (var server = new RsyncDaemon(_temp))
        {
            Apply(port = server.Port);
        }

        var quick = new RsyncRunner(new Runner(TestContext.Current.CancellationToken), TimeSpan.FromSeconds(5), tries: 1);
        var error = Assert.Throws<UserError>(() => ApplyRun.Open(Request(), Settings(port), quick));

        Assert.Equal(ExitCode.Unreachable, error.ExitCode);
        Assert.Equal("a1=g a2=all a3=all f=f18 h=h", Etc());
    }

    [Fact]
    public void A_pc_whose_line_vanished_keeps_its_groups_and_one_that_changed_group_changes_files()
    {
        using var server = new RsyncDaemon(_temp);
        Apply(server.Port);
        Shell.Run("cp store/hosts h; : > store/hosts", _temp.Path);
        var notes = new List<string>();

        var lost = Apply(server.Port, notes);
        Shell.Run("echo 'pc1 addr=127.0.0.1' > store/hosts", _temp.Path);
        Apply(server.Port);

        Assert.Empty(lost.Done);
        Assert.Contains("no line for pc1", Assert.Single(notes));
        Assert.Equal("a1=all a2=all a3=all f=f18 h=h", Etc());
    }

    [Fact]
    public void A_dry_run_tells_the_plan_and_writes_nothing_at_all()
    {
        using var server = new RsyncDaemon(_temp);
        var before = Shell.Run("find image -printf '%p %C@\\n' | sort", _temp.Path);

        using (var run = ApplyRun.Open(Request() with { DryRun = true }, Settings(server.Port), Rsync()))
        {
            Assert.Equal(5, run.Plan.Steps.Count);
        }

        Assert.Equal(before, Shell.Run("find image -printf '%p %C@\\n' | sort; ls run", _temp.Path));
    }

    [Fact]
    public void Two_runs_at_one_root_do_not_meet()
    {
        using var server = new RsyncDaemon(_temp);
        using var first = ApplyRun.Open(Request(), Settings(server.Port), Rsync());

        Assert.Equal(ExitCode.Busy, Assert.Throws<UserError>(() => ApplyRun.Open(Request(), Settings(server.Port), Rsync())).ExitCode);
    }

    private static RsyncRunner Rsync() => new(new Runner(TestContext.Current.CancellationToken));

    private string Etc() => Shell.Run("cd image/etc; for f in a? f h; do [ -e $f ] && echo $f=$(cat $f); done | xargs", _temp.Path);

    private ApplyRequest Request() => new(_temp.At("image"), [], null, false, false);

    private PcSettings Settings(int port) => PcSettings.Parse(
        $"""
        [server]
        address = "127.0.0.1"
        port = {port}
        [pc]
        name = "pc1"
        [paths]
        run = "{_temp.At("run")}"
        """, "allie.toml");

    private ApplyResult Apply(int port, List<string>? notes = null, bool accept = false)
    {
        using var run = ApplyRun.Open(Request() with { AcceptEmpty = accept }, Settings(port), Rsync());
        notes?.AddRange(run.Notes);
        return run.Apply();
    }

    /// <summary>An administrator who writes a file again before every call of rsync.</summary>
    private sealed class MovingServer(IRunner real, string file) : IRunner
    {
        public int Moved { get; private set; }

        public Outcome Run(Command command)
        {
            if (command.Arguments.Any(a => a.Contains("/pc")))
            {
                File.WriteAllText(file, new string('x', ++Moved) + "\n");
                if (Moved > 12)
                {
                    throw new InvalidOperationException("it looks for ever");
                }
            }

            try
            {
                return real.Run(command);
            }
            finally
            {
                File.WriteAllText(file, "moved\n");
            }
        }
    }
}
