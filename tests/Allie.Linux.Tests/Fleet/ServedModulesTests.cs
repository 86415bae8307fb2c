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
        file.Write(RsyncdConf.Splice(file.Read(), RsyncdConf.Block(file.Decide(HostsFile.Parse(File.ReadAllText(settings.Hosts), "hosts"), EnrolledPcs.None).Modules, "", 873)));
        _daemon = new(settings.RsyncdConf);
    }

    public void Dispose()
    {
        _daemon?.Dispose();
        _temp.Dispose();
    }

    [Theory]
    [InlineData("image-f18/etc/fstab", "image f18")]
    public void Each_module_gives_its_files(string path, string content)
    {
        var outcome = _daemon.Client($"rsync://127.0.0.1/{path}", _temp.At("got"));

        Assert.True(outcome.Ok, outcome.LastWord);
        Assert.Equal(content, File.ReadAllText(_temp.At("got")));
    }

    [Theory]
    [InlineData("pc/overlays/host/pc2/all/etc/secret")]
    [InlineData("pc/overlays/f18/../host/pc2/all/etc/secret")]
    [InlineData("pc-pc1/overlays/./host//pc2/all/etc/secret")]
    [InlineData("pc-pc1/images/f18/etc/fstab")]
    [InlineData("image-f18/../../../.work/f19/etc/fstab")]
    [InlineData("image-f19/etc/fstab")]
    [InlineData("image-.work/f19/etc/fstab")]
    public void What_is_not_for_this_PC_does_not_come(string path)
    {
        var outcome = _daemon.Client($"rsync://127.0.0.1/{path}", _temp.At("got"));

        Assert.False(outcome.Ok);
        Assert.False(File.Exists(_temp.At("got")));
    }

    [Theory]
    [InlineData("pc", "all f18 group host")]
    [InlineData("pc-pc1", "all f18 group host host/pc1")]
    public void A_PC_sees_the_hosts_file_the_shared_overlays_and_its_own_and_nothing_else(string module, string overlays)
    {
        var outcome = _daemon.Client($"rsync://127.0.0.1/{module}/", _temp.At("got/"));

        Assert.True(outcome.Ok, outcome.LastWord);
        Assert.Equal(["hosts", "overlays"], Directory.GetFileSystemEntries(_temp.At("got")).Select(Path.GetFileName).Order());
        Assert.Equal(overlays, Shell.Run("cd overlays; echo $(ls; ls -d host/* 2>/dev/null)", _temp.At("got")));
    }

    [Theory]
    [InlineData("", "overlays/all/out/overlays/host/pc2/all/etc/secret")]
    [InlineData("-r", "overlays/all/in/")]
    [InlineData("-r", "overlays/all/out/images/")]
    [InlineData("-s", "overlays/all/in/pc2/all/etc/secret")]
    [InlineData("-R", "./overlays/all/in/pc2/all/etc/secret")]
    [InlineData("-r", "overlays/all/")]
    [InlineData("-rL", "")]
    [InlineData("-rk", "")]
    [InlineData("-rsL", "")]
    [InlineData("-r --copy-unsafe-links", "")]
    [InlineData("-r --files-from=:/hosts", "")]
    [InlineData("-r --old-args", " /overlays/all/in/")]
    [InlineData("-r rsync://127.0.0.1/pc-pc1/", "overlays/all/out/images/")]
    public void No_link_in_a_layer_opens_what_it_leads_to(string options, string path)
    {
        LinksOut();

        var outcome = _daemon.Client([.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), $"rsync://127.0.0.1/pc-pc1/{path}", _temp.At("got/")]);

        Assert.Contains(outcome.ErrorTail, l => l.Contains("pre-xfer exec returned failure") || l.Contains("configured to refuse"));
        Assert.False(Directory.Exists(_temp.At("got")) && Directory.EnumerateFileSystemEntries(_temp.At("got")).Any());
    }

    [Fact]
    public void A_filter_file_behind_a_link_is_not_read_for_another_PC()
    {
        LinksOut();

        var outcome = _daemon.Client("--filter=: /overlays/all/in/pc2/all/etc/secret", "rsync://127.0.0.1/pc-pc1/", _temp.At("got/"));

        // The rule holds in every directory by its last name: this PC's own "secret" is read, and is no rule.
        Assert.DoesNotContain(outcome.ErrorTail, l => l.Contains("of pc2"));
        Assert.False(outcome.Ok);
    }

    [Fact]
    public void Links_themselves_come_as_they_are()
    {
        LinksOut();

        var outcome = _daemon.Client("rsync://127.0.0.1/pc-pc1/", _temp.At("got/"));

        Assert.True(outcome.Ok, outcome.LastWord);
        Assert.Equal("/ ../host", Shell.Run("cd overlays/all; echo $(readlink out in)", _temp.At("got")));
    }

    private void LinksOut() => Shell.Run("ln -s / out; ln -s ../host in; test -f in/pc2/all/etc/secret", _temp.At("store/overlays/all"));

    [Theory]
    [InlineData("127.0.0.1", "pc-pc1/", "of pc1")]
    [InlineData("127.0.0.2", "pc-pc1/", "Unknown module")]
    [InlineData("127.0.0.1", "pc-pc1/overlays/all/in/pc2/", "pre-xfer exec returned failure")]
    [InlineData("127.0.0.1", "pc-pc1/ -L", "configured to refuse")]
    public void By_a_forced_command_of_ssh_the_modules_hold_in_the_same_way(string address, string words, string outcome)
    {
        LinksOut();
        var shell = _temp.Write("shell", $"#!/bin/sh\nSSH_CONNECTION='{address} 40000 127.0.0.1 22' exec rsync --server --daemon --config={_temp.At("rsyncd.conf")} .\n");

        var said = Shell.Run($"chmod 755 {shell}; rsync -aHAX -e {shell} pc::{words} got/ 2>&1 || :; cat got/overlays/host/*/all/etc/secret 2>/dev/null || :", _temp.Path);

        Assert.Contains(outcome, said);
        Assert.DoesNotContain("of pc2", said);
    }

    [Fact]
    public void The_overlays_of_a_PC_come_to_its_own_address_alone()
    {
        var other = _daemon.Client("--address=127.0.0.2", "rsync://127.0.0.1/pc-pc1/", _temp.At("got/"));
        var own = _daemon.Client("--address=127.0.0.2", "rsync://127.0.0.1/pc-pc2/", _temp.At("got/"));

        Assert.Equal(5, other.ExitCode);
        Assert.True(own.Ok, own.LastWord);
        Assert.Equal("of pc2", File.ReadAllText(_temp.At("got/overlays/host/pc2/all/etc/secret")));
    }

    [Theory]
    [InlineData("image-f18")]
    [InlineData("pc")]
    [InlineData("pc-pc1")]
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

        Assert.Equal(["image-f18", "mine", "pc"], names.Order(StringComparer.Ordinal));
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
