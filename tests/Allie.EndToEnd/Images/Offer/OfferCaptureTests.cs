using System.Diagnostics;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Images.Offer;

/// <summary>Steps 4 to 6 with the published binary: a real ext4 on a loop device, real rsync both ways over loopback.</summary>
[Collection("loop devices")]
public sealed class OfferCaptureTests : IDisposable
{
    private const int Interrupted = 130;
    private readonly Golden _golden;
    private readonly int _port = FreePort.Find();

    public OfferCaptureTests()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: loop device, mounts");
        _golden = new();
    }

    public void Dispose() => _golden?.Dispose();

    [Fact]
    public void An_offer_is_captured_whole_and_ends_by_itself_and_the_image_is_published()
    {
        var (offer, said) = _golden.Offer(_port);
        var password = said.Single(l => l.StartsWith("password", StringComparison.Ordinal)).Split(' ')[^1];
        Assert.EndsWith($"allie image capture {Environment.MachineName} NAME --port {_port}", said[^1]);
        File.WriteAllText(_golden.At("password"), password + "\n");

        var capture = _golden.Capture(_port);

        Assert.True(capture.ExitCode == 0, capture.Errors);
        Assert.True(offer.WaitForExit(300_000), "the offer did not end");
        Assert.Equal(0, offer.ExitCode);
        Assert.Equal($"127.0.0.1 has given the password\n{_golden.Device} was fetched; the offer has ended\n", offer.StandardError.ReadToEnd());
        _golden.AssertNothingLeft(_port);
        Golden.Checked("bash", "-c", $"cd {_golden.At("")}; diff <({Manifest("golden")}) <({Manifest(_golden.WorkTree)})");
        Assert.Empty(Directory.GetFileSystemEntries(_golden.WorkTree + "/tmp"));
        Assert.Equal(("applied\nundo", "the overlay's"), (Shell.Run($"cd {_golden.WorkTree}; ls var/lib/allie"), Shell.Run($"cat {_golden.WorkTree}/etc/motd")));
        Assert.Contains("overlays of the captured PC", _golden.Server("image", "publish", "new13", "-y").Errors);
        Assert.Equal(3, _golden.Server("image", "blandify", "new13", "-n").ExitCode);
        Assert.Equal(0, _golden.Server("image", "blandify", "new13").ExitCode);
        Assert.Equal("the image's", Shell.Run($"cat {_golden.WorkTree}/etc/motd"));
        Assert.Equal(3, _golden.Server("image", "publish", "new13", "-n").ExitCode);
        Assert.Equal(0, _golden.Server("image", "publish", "new13").ExitCode);
        Assert.Equal("root/hole\0", File.ReadAllText(_golden.At("store/images/new13/var/lib/allie/sparse")));
    }

    [Fact]
    public void A_wrong_password_gets_nothing_and_the_offer_goes_on()
    {
        var (offer, _) = _golden.Offer(_port, "--password-file", _golden.At("password"));
        File.WriteAllText(_golden.At("wrong"), "guess\n");

        var (code, _, errors) = _golden.Capture(_port, _golden.At("wrong"));

        Assert.Equal(5, code);
        Assert.Contains("auth failed", errors);
        Assert.False(Directory.Exists(_golden.WorkTree));
        Assert.False(offer.HasExited);
        Assert.Equal("refused 127.0.0.1: wrong password", offer.StandardError.ReadLine());
        Assert.NotEqual(0, Binary.Run("bash", ["-c", $"RSYNC_PASSWORD=once rsync {_golden.At("wrong")} rsync://allie@127.0.0.1:{_port}/image/"]).ExitCode);
    }

    [Fact]
    public void A_capture_that_is_killed_is_not_complete_and_goes_on_when_it_is_run_again()
    {
        var (offer, _) = _golden.Offer(_port, "--password-file", _golden.At("password"));
        using (var first = Process.Start(new ProcessStartInfo(
            Binary.Path, ["image", "capture", "127.0.0.1", "new13", "--port", $"{_port}", "--password-file", _golden.At("password"), "--config", _golden.At("server.toml")])
            { RedirectStandardError = true })!)
        {
            Golden.WaitFor(() => Directory.Exists(_golden.WorkTree), "the fetch has begun");
            first.Kill(true);
            first.WaitForExit();
            Assert.Equal(137, first.ExitCode);
        }

        Assert.Contains("incomplete", _golden.Server("image", "list", "--json").Output);
        Assert.Equal(2, _golden.Server("image", "publish", "new13", "-y").ExitCode);
        Assert.False(offer.HasExited);
        var second = _golden.Capture(_port);
        Assert.True(second.ExitCode == 0, second.Errors);
        Golden.Checked("bash", "-c", $"cd {_golden.At("")}; diff <({Manifest("golden")}) <({Manifest(_golden.WorkTree)})");
    }

    [Theory]
    [InlineData("KILL", 137)]
    [InlineData("TERM", Interrupted)]
    [InlineData("INT", Interrupted)]
    public void An_offer_that_is_ended_leaves_nothing(string signal, int exitCode)
    {
        var (offer, _) = _golden.Offer(_port);

        Golden.Checked("kill", "-" + signal, $"{offer.Id}");

        Assert.True(offer.WaitForExit(300_000), "the offer did not end");
        Assert.Equal(exitCode, offer.ExitCode);
        Assert.Equal(exitCode == Interrupted, offer.StandardError.ReadToEnd().Contains("the offer has ended before a capture was complete", StringComparison.Ordinal));
        _golden.AssertNothingLeft(_port);
    }

    [Fact]
    public void An_offer_that_nobody_fetches_ends_at_its_time()
    {
        var (offer, _) = _golden.Offer(_port, "--timeout", "2s");

        Assert.True(offer.WaitForExit(300_000), "the offer did not end");
        Assert.Equal(1, offer.ExitCode);
        Assert.Contains("within 2s", offer.StandardError.ReadToEnd());
        _golden.AssertNothingLeft(_port);
    }

    [Fact]
    public void What_is_mounted_writable_is_not_offered()
    {
        Directory.CreateDirectory(_golden.At("mnt"));
        Golden.Checked("mount", _golden.Device, _golden.At("mnt"));
        try
        {
            var (code, _, errors) = Binary.Run("offer", _golden.Device, "--port", $"{_port}", "--config", _golden.At("allie.toml"));

            Assert.Equal(2, code);
            Assert.Contains(_golden.At("mnt"), errors);
        }
        finally
        {
            Golden.Checked("umount", _golden.At("mnt"));
        }
    }

    [Fact]
    public void An_empty_source_is_refused_and_the_work_tree_of_an_earlier_run_stays()
    {
        Directory.CreateDirectory(_golden.WorkTree + "/etc");
        File.WriteAllText(_golden.WorkTree + "/etc/precious", "x");
        Directory.CreateDirectory(_golden.At("empty/etc"));
        File.WriteAllText(_golden.At("rsyncd.conf"), $"port = {_port}\naddress = 127.0.0.1\nuse chroot = no\nlog file = /dev/null\n[image]\npath = {_golden.At("empty")}\n");
        using var daemon = Shell.Start("rsync", "--daemon", "--no-detach", "--config", _golden.At("rsyncd.conf"));
        try
        {
            Golden.WaitFor(() => Binary.Run("rsync", [$"rsync://127.0.0.1:{_port}/"]).ExitCode == 0, "the daemon answers");

            var (code, _, errors) = _golden.Capture(_port);

            Assert.Equal(1, code);
            Assert.Contains("no etc or no usr", errors);
            Assert.True(File.Exists(_golden.WorkTree + "/etc/precious"));
        }
        finally
        {
            daemon.Kill(true);
            daemon.WaitForExit();
        }
    }

    [Fact]
    public void A_device_without_a_system_is_not_offered_and_not_left_mounted()
    {
        Directory.CreateDirectory(_golden.At("mnt"));
        Golden.Checked("unshare", "-m", "bash", "-euc", $"mount {_golden.Device} {_golden.At("mnt")}; rm -r {_golden.At("mnt")}/usr; umount {_golden.At("mnt")}");

        var (code, _, errors) = Offer("--port", $"{_port}");

        Assert.Equal(2, code);
        Assert.Contains("it has no usr", errors);
        _golden.AssertNothingLeft(_port);
    }

    [Theory]
    [InlineData(2, "Cannot assign", "--address", "192.0.2.77")]
    [InlineData(2, "no address", "--address", "pc7")]
    [InlineData(2, "1 to 65535", "--port", "99999")]
    public void Where_nothing_can_listen_is_told_before_anything_is_offered(int exitCode, string said, params string[] more)
    {
        var (code, output, errors) = Offer(more);

        Assert.Equal((exitCode, ""), (code, output));
        Assert.Contains(said, errors);
    }

    private (int ExitCode, string Output, string Errors) Offer(params string[] more) => Binary.Run(["offer", _golden.Device, "--timeout", "5s", "--config", _golden.At("allie.toml"), .. more]);

    [Fact]
    public void A_PC_that_does_not_answer_is_exit_5()
    {
        var (code, _, errors) = _golden.Capture(_port);

        Assert.Equal(5, code);
        Assert.Contains("allie offer", errors);
    }

    /// <summary>Everything of a tree but what a capture leaves out: kind, mode, owner, time, links, size, attributes, content.</summary>
    private static string Manifest(string directory) =>
        $"cd {directory}; find . \\( -path ./tmp -o -path ./var/lib/allie/report.json \\) -prune -o -path './lost+found' -prune -o -printf '%p %y %m %U %G %T@ %n %l\\n' | sort; "
        + "find . \\( -path ./tmp -o -path ./var/lib/allie/report.json \\) -prune -o -type f -print0 | sort -z | xargs -0 md5sum; getfattr -R -h -d -m - . 2>/dev/null | sort";
}
