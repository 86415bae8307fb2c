using Xunit;

namespace Allie.Linux.Tests.Overlays;

/// <summary>What a run remembers of its comparisons: never more than what ctime vouches for.</summary>
public class SeenRunTests
{
    private const string Seen = "image/var/lib/allie/seen";

    public SeenRunTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    /// <summary>Files must be older than a step of the file times before a comparison of them is kept.</summary>
    private static Sandbox Remembering()
    {
        var box = new Sandbox("mkdir low/etc; echo ours > low/etc/a; echo ours > low/etc/b");
        box.Apply(["low"]);
        box.Run("sleep 0.2");
        box.Apply(["low"]);
        Assert.Equal("8 + 2 * 17 + 8", box.Run($"[ $(stat -c %s {Seen}) = $((8 + 2 * 17 + 8)) ] && echo '8 + 2 * 17 + 8'"));
        return box;
    }

    [Theory]
    [InlineData("touch -r F t; echo 0urs > F; touch -r t F", "with size and time restored")]
    [InlineData("chmod 600 F", "mode")]
    [InlineData("setfattr -n user.x -v 1 F", "attribute")]
    [InlineData("cp -a F g; sed -i s/o/0/ g; touch -r F g; mv g F", "another file by rename")]
    public void A_change_is_found_however_it_was_made(string change, string what)
    {
        using var box = Remembering();
        box.Run(change.Replace("F", "image/etc/a"));

        var (plan, _) = box.Apply(["low"]);

        Assert.True(plan.Steps is [{ Path.Raw: "etc/a" }], what);
        Assert.Equal("ours", box.Run("cat image/etc/a"));
    }

    [Fact]
    public void A_change_in_the_layer_with_size_and_time_restored_is_found()
    {
        using var box = Remembering();
        box.Run("touch -r low/etc/a t; echo 0urs > low/etc/a; touch -r t low/etc/a");

        box.Apply(["low"]);

        Assert.Equal("0urs", box.Run("cat image/etc/a"));
    }

    [Theory]
    [InlineData("rm S")]
    [InlineData("echo rubbish > S")]
    [InlineData("truncate -s -3 S")]
    [InlineData("printf x | dd of=S bs=1 seek=20 conv=notrunc status=none")]
    [InlineData("rm S; mkdir S")]
    public void What_is_remembered_may_be_lost_or_damaged(string damage)
    {
        using var box = Remembering();
        box.Run(damage.Replace("S", Seen));
        box.Run("touch -r image/etc/a t; echo 0urs > image/etc/a; touch -r t image/etc/a");

        var (_, result) = box.Apply(["low"]);

        Assert.Equal("ours", box.Run("cat image/etc/a"));
        Assert.Empty(result.Faults);
    }

    [Fact]
    public void A_run_with_nothing_to_do_writes_nothing_at_all()
    {
        using var box = Remembering();
        var before = box.Run("find image -printf '%P %i %C@ %T@\\n' | sort");

        box.Apply(["low"]);

        Assert.Equal(before, box.Run("find image -printf '%P %i %C@ %T@\\n' | sort"));
    }
}
