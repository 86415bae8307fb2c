using Allie.Config;
using Allie.Fleet;
using Allie.Linux.Fleet;
using Allie.Linux.Tests.Shared;
using Xunit;

namespace Allie.Linux.Tests.Fleet;

/// <summary>The generated rsyncd.conf, read by a real daemon.</summary>
public sealed class ServedModulesTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly RsyncDaemon _daemon;

    public ServedModulesTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: chroot of rsyncd");
        var settings = ServerSettings.Parse($"store = \"{_temp.At("store")}\"\n[rsyncd]\nconf = \"{_temp.At("rsyncd.conf")}\"\n", "server.toml");
        var setup = new StoreSetup(settings, null);
        setup.Carry(setup.Plan());
        _temp.Write("store/images/.generations/f18/3/etc/fstab", "image f18");
        _temp.Write("store/images/.work/f19/etc/fstab", "not published");
        File.CreateSymbolicLink(_temp.At("store/images/f18"), ".generations/f18/3");
        _temp.Write("store/overlays/f18/etc/motd", "overlay");
        _temp.Write("store/overlays/host/pc1/all/etc/secret", "of pc1");
        _temp.Write("store/overlays/host/pc2/all/etc/secret", "of pc2");
        File.AppendAllText(_temp.At("store/hosts"), "pc1 addr=127.0.0.1\npc2 addr=127.0.0.2\n");
        _temp.Write("rsyncd.conf", "# an administrator's\nuid = nobody\n[mine]\npath = /nowhere\n");
        var file = new RsyncdConfFile(settings);
        file.Write(RsyncdConf.Splice(file.Read(), RsyncdConf.Block(file.Decide().Modules, "", 873)));
        _daemon = new(settings.RsyncdConf);
    }

    public void Dispose()
    {
        _daemon?.Dispose();
        _temp.Dispose();
    }

    [Theory]
    [InlineData("image-f18/etc/fstab", "image f18")]
    [InlineData("overlay/f18/etc/motd", "overlay")]
    [InlineData("host-pc1/all/etc/secret", "of pc1")]
    public void Each_module_gives_its_files(string path, string content)
    {
        var outcome = _daemon.Client($"rsync://127.0.0.1/{path}", _temp.At("got"));

        Assert.True(outcome.Ok, outcome.LastWord);
        Assert.Equal(content, File.ReadAllText(_temp.At("got")));
    }

    [Fact]
    public void The_site_module_gives_the_hosts_file_and_nothing_else_of_the_store()
    {
        var outcome = _daemon.Client("-r", "rsync://127.0.0.1/site/", _temp.At("got/"));

        Assert.True(outcome.Ok, outcome.LastWord);
        Assert.Equal(["hosts"], Directory.GetFileSystemEntries(_temp.At("got")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("host-pc2/all/etc/secret")]
    [InlineData("overlay/host/pc2/all/etc/secret")]
    [InlineData("overlay/f18/../host/pc2/all/etc/secret")]
    [InlineData("overlay/./host//pc2/all/etc/secret")]
    [InlineData("site/overlays/host/pc2/all/etc/secret")]
    [InlineData("site/images/f18/etc/fstab")]
    [InlineData("image-f18/../../../.work/f19/etc/fstab")]
    [InlineData("image-f19/etc/fstab")]
    [InlineData("image-.work/f19/etc/fstab")]
    public void What_is_not_for_this_PC_does_not_come(string path)
    {
        var outcome = _daemon.Client($"rsync://127.0.0.1/{path}", _temp.At("got"));

        Assert.False(outcome.Ok);
        Assert.False(File.Exists(_temp.At("got")));
    }

    [Fact]
    public void A_host_overlay_comes_to_its_own_address_alone()
    {
        var other = _daemon.Client("--address=127.0.0.2", "rsync://127.0.0.1/host-pc1/all/etc/secret", _temp.At("got"));
        var own = _daemon.Client("--address=127.0.0.2", "rsync://127.0.0.1/host-pc2/all/etc/secret", _temp.At("got"));

        Assert.Equal(5, other.ExitCode);
        Assert.True(own.Ok, own.LastWord);
    }

    [Fact]
    public void The_whole_overlay_module_comes_without_the_host_layers()
    {
        var outcome = _daemon.Client("rsync://127.0.0.1/overlay/", _temp.At("got/"));

        Assert.True(outcome.Ok, outcome.LastWord);
        Assert.Equal(["all", "f18", "group"], Directory.GetDirectories(_temp.At("got")).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("image-f18")]
    [InlineData("overlay")]
    [InlineData("site")]
    public void Nobody_can_write(string module)
    {
        var outcome = _daemon.Client(_temp.Write("new", "x"), $"rsync://127.0.0.1/{module}/");

        Assert.False(outcome.Ok);
        Assert.Contains("read only", string.Join('\n', outcome.ErrorTail));
    }

    [Fact]
    public void The_list_shows_images_and_overlays_but_no_PC()
    {
        var names = new Allie.Linux.Processes.Runner(CancellationToken.None)
            .Run(new Allie.Linux.Processes.Command("rsync", $"--port={_daemon.Port}", "rsync://127.0.0.1/")).Output
            .Split('\n').Select(l => l.Split([' ', '\t'])[0]).Where(n => n.Length > 0);

        Assert.Equal(["image-f18", "mine", "overlay"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_switch_to_the_next_generation_needs_no_restart()
    {
        _temp.Write("store/images/.generations/f18/4/etc/fstab", "generation 4");
        Shell.Run("ln -sfn .generations/f18/4 f18.new && mv -T f18.new f18", _temp.At("store/images"));

        _daemon.Client("rsync://127.0.0.1/image-f18/etc/fstab", _temp.At("got"));

        Assert.Equal("generation 4", File.ReadAllText(_temp.At("got")));
    }
}
