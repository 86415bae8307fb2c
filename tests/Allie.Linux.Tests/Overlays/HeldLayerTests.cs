using Allie.Config;
using Allie.Errors;
using Allie.Linux.Overlays;
using Allie.Linux.Processes;
using Allie.Linux.Rsync;
using Allie.Linux.Tests.Shared;
using Allie.Overlays.Layers;
using Xunit;

namespace Allie.Linux.Tests.Overlays;

/// <summary>overlay hold against a real rsyncd: a PC goes on with what it has.</summary>
public sealed class HeldLayerTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public HeldLayerTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        Shell.Run("mkdir -p image/etc image/var/lib store/overlays/{all,f18}/etc; echo 1 >store/overlays/all/etc/a; echo 1 >store/overlays/f18/etc/f; : >store/hosts", _temp.Path);
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_held_layer_stays_as_it_was_fetched_the_others_go_on_and_release_brings_the_edit()
    {
        using var server = new RsyncDaemon(_temp);
        Apply(server.Port);
        Shell.Run("echo 2 >store/overlays/all/etc/a; echo 2 >store/overlays/f18/etc/f; echo 'big edit' >store/overlays/f18/.allie-hold", _temp.Path);

        var notes = Apply(server.Port);

        Assert.Equal("layer f18 is held on the server: big edit; it stays as it was fetched last", Assert.Single(notes));
        Assert.Equal("2 1", Etc());
        Shell.Run("rm store/overlays/f18/.allie-hold", _temp.Path);
        Assert.Empty(Apply(server.Port));
        Assert.Equal("2 2", Etc());
    }

    [Fact]
    public void A_pc_that_has_nothing_yet_waits_and_gets_nothing_of_a_half_done_edit()
    {
        using var server = new RsyncDaemon(_temp);
        Shell.Run("touch store/overlays/f18/.allie-hold", _temp.Path);

        Assert.Equal(ExitCode.Busy, Assert.Throws<UserError>(() => Apply(server.Port)).ExitCode);
        Assert.Equal(ExitCode.Busy, Assert.Throws<UserError>(() => Apply(server.Port)).ExitCode);
        Assert.Equal("", Shell.Run("ls image/etc", _temp.Path));
    }

    [Fact]
    public void Verify_looks_at_the_last_fetch_and_asks_no_server()
    {
        using (var server = new RsyncDaemon(_temp))
        {
            Apply(server.Port);
        }

        Shell.Run("echo x >image/etc/f", _temp.Path);
        using var run = ApplyRun.Open(Request() with { DryRun = true, From = LayerChoice.Fetched }, Settings(1), Rsync());

        Assert.Equal("/etc/f", Assert.Single(run.Differences().Differences).Path.ToString());
    }

    private static RsyncRunner Rsync() => new(new Runner(TestContext.Current.CancellationToken));

    private string Etc() => Shell.Run("echo $(cat image/etc/a image/etc/f); test ! -e image/.allie-hold", _temp.Path);

    private ApplyRequest Request() => new(_temp.At("image"), [], "f18", false, false);

    private PcSettings Settings(int port) =>
        PcSettings.Parse($"[server]\naddress = \"127.0.0.1\"\nport = {port}\n[pc]\nname = \"pc1\"\n[paths]\nrun = \"{_temp.At("run")}\"\n", "allie.toml");

    private IReadOnlyList<string> Apply(int port)
    {
        using var run = ApplyRun.Open(Request(), Settings(port), Rsync());
        run.Apply();
        return run.Notes;
    }
}
