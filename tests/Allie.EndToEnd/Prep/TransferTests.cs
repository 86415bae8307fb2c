using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.Prep;

/// <summary>What prep asks of the server and the network, and what people see of it.</summary>
[Collection("loop devices")]
public sealed class TransferTests : IDisposable
{
    private readonly TrialPc _pc = new();

    public void Dispose() => _pc.Dispose();

    /// <summary>Neither side walks the tree: each call names what it wants.</summary>
    [Theory]
    [InlineData("block-clone", "b")]
    [InlineData("file-clone", "b")]
    [InlineData("in-place", "a")]
    public void The_next_generation_asks_the_server_for_nothing_but_what_differs(string strategy, string slot)
    {
        _pc.Server.PublishForReal();
        _pc.Server.Start();
        Assert.Equal(0, _pc.Allie("prep", "deb13", "-y").ExitCode);
        Shell.Run($"""
            cd {_pc.Server.Tree}
            echo more >>usr/share/doc/file3; rm usr/share/doc/file7; mkdir -p usr/new/below; echo fresh >usr/new/below/file; echo odd >'#odd'
            truncate -s 9M var/lib/holes; setfattr -n user.note -v other usr/bin/tool
            rm -r usr/share/doc/file9; mkdir usr/share/doc/file9; echo in >usr/share/doc/file9/in
            """);
        _pc.Server.PublishForReal();
        var calls = RealRsync();

        var next = _pc.Allie("prep", "deb13", "--strategy", strategy, "--slot", slot, "-y");

        Assert.True(next.ExitCode == 0, next.Errors);
        _pc.AssertIsTheImage(slot == "a" ? _pc.Disk.SlotA : _pc.Disk.SlotB, 2);
        var image = File.ReadAllLines(calls).Where(c => c.Contains("/image-deb13/", StringComparison.Ordinal) && !c.Contains("--filter=+ /etc/allie-image", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(image);
        Assert.All(image, call => Assert.Contains("--files-from=", call, StringComparison.Ordinal));
    }

    [Fact]
    public void A_limit_is_in_the_plan_and_in_every_fetch_also_of_a_run_that_goes_on_by_itself()
    {
        _pc.Server.PublishForReal();
        _pc.Server.Start();
        var calls = RealRsync();

        var dry = _pc.Allie("prep", "deb13", "--bandwidth", "900m", "-n");
        var cut = _pc.Allie("format", ["prep", "deb13", "--bandwidth", "900m", "-y"]);
        File.Delete(calls);
        var again = _pc.Allie("prep", "--resume");

        Assert.Equal(137, cut.ExitCode);
        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.Contains("127.0.0.1, at most 900m bytes a second", dry.Output, StringComparison.Ordinal);
        var fetches = File.ReadAllLines(calls).Where(c => c.Contains("/image-deb13/", StringComparison.Ordinal) && !c.Contains("--filter=+ /etc/allie-image", StringComparison.Ordinal)).ToList();
        Assert.Contains(fetches, c => c.Contains("--info=progress2", StringComparison.Ordinal));
        Assert.All(fetches, c => Assert.Contains("--bwlimit=900m", c, StringComparison.Ordinal));
        Assert.DoesNotContain(fetches, c => c.Contains("--filter=- /usr", StringComparison.Ordinal)); // two streams would take twice as much
        Assert.Contains("is no bandwidth", _pc.Allie("prep", "deb13", "--bandwidth", "fast").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_shows_a_bar_that_moves_and_a_file_gets_one_line_for_each_step()
    {
        const int Slow = 2000;
        _pc.Server.Start(Slow);
        _pc.Under =
        [
            "bash", "-euc",
            "mkdir /dev/pts; mount -t devpts -o ptmxmode=666 devpts /dev/pts; ln -s pts/ptmx /dev/ptmx; exec script -qec \"$*\" /dev/null", "terminal",
        ];

        var seen = _pc.Allie("prep", "deb13", "-y");
        _pc.Under = [];
        _pc.Server.Kill();
        _pc.Server.Start();
        _pc.Server.Publish(2);
        var plain = _pc.Allie("prep", "deb13", "--strategy", "full", "-y");

        Assert.True(seen.ExitCode == 0, seen.Output);
        Assert.Contains("\u001b[", seen.Output, StringComparison.Ordinal);
        Assert.Matches(@"fetch deb13 generation 1\s.*[━-].*\s[1-9][0-9]?%", seen.Output);
        Assert.Contains("100%", seen.Output, StringComparison.Ordinal);
        Assert.True(plain.ExitCode == 0, plain.Errors);
        Assert.DoesNotContain("\u001b", plain.Errors, StringComparison.Ordinal);
        Assert.Single(plain.Errors.Split('\n'), l => l == "fetch deb13 generation 2 ...");
    }

    /// <returns>The file that gets the arguments of each call; the real one is run.</returns>
    private string RealRsync() => _pc.Fake("rsync", "exec " + Shell.Run("command -v rsync") + " \"$@\"");
}
