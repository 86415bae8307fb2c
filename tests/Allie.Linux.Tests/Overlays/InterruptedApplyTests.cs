using Xunit;

namespace Allie.Linux.Tests.Overlays;

/// <summary>A run that stops anywhere: the next one must end where an uninterrupted one would have, and a withdrawal must still give all back.</summary>
public class InterruptedApplyTests
{
    private const string Image =
        """
        echo own > image/etc/a; echo own > image/etc/b; mkdir -p image/opt/d/e; echo deep > image/opt/d/e/f; ln -s etc image/l; mkdir image/etc/meta; chmod 700 image/etc/meta
        mkdir -p low/etc/new low/opt low/l low/etc/meta; echo 1 > low/etc/a; echo 1 > low/etc/new/n; touch low/opt/.wh.d low/.wh.l; echo x > low/l/x; touch low/etc/meta/.allie-dir
        mkdir -p high/etc; echo 2 > high/etc/a; echo 2 > high/etc/b; echo 2 > high/etc/c

        """;

    /// <summary>Thrown where a kill would be; nothing of the engine catches it.</summary>
    private sealed class KilledException : Exception;

    public InterruptedApplyTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    [Fact]
    public void Wherever_a_run_is_killed_the_next_one_completes_it_and_nothing_of_the_image_is_lost()
    {
        var points = Points();
        Assert.True(points > 50, "the run has few checkpoints: " + points);
        for (var stop = 1; stop <= points; stop += 5)
        {
            using var box = new Sandbox(Image);
            var before = box.Snapshot();
            box.Apply(["low"]);

            Kill(box, ["low", "high"], stop);
            box.Apply(["low", "high"]);

            Assert.Equal("2 2 2 1", box.Run("echo $(cat image/etc/a image/etc/b image/etc/c image/etc/new/n)"));
            Assert.Equal("", box.Run("find image -name '.allie-*'"));
            Assert.Empty(box.Apply(["low", "high"]).Plan.Steps);
            Kill(box, ["none"], stop);
            box.Apply(["none"]);
            Assert.Equal(before, box.Snapshot());
        }
    }

    [Fact]
    public void A_first_run_that_was_killed_and_whose_layer_is_gone_gives_the_image_back()
    {
        for (var stop = 1; stop <= Points(); stop += 4)
        {
            using var box = new Sandbox(Image);
            var before = box.Snapshot();

            Kill(box, ["low"], stop);
            box.Apply(["none"]);

            Assert.Equal(before, box.Snapshot());
        }
    }

    private static int Points()
    {
        using var box = new Sandbox(Image);
        var count = 0;
        box.Run("mkdir none");
        box.Apply(["low"], _ => count++);
        box.Apply(["none"], _ => count++);
        return count;
    }

    private static void Kill(Sandbox box, string[] layers, int stop)
    {
        box.Run("mkdir -p none");
        var count = 0;
        try
        {
            box.Apply(layers, _ =>
            {
                if (++count == stop)
                {
                    throw new KilledException();
                }
            });
        }
        catch (KilledException)
        {
            return;
        }

        Assert.True(count < stop, "the fault did not fire");
    }
}
