using Allie.Overlays;
using Xunit;

namespace Allie.Linux.Tests.Overlays;

/// <summary>.wh..wh..opq, and .wh.NAME beside NAME/: what the image and lower layers have there is hidden, what the same and higher layers put there stays.</summary>
public class ExactDirectoryTests
{
    private const string Cron =
        "mkdir -p image/etc/cron.d/sub low/etc/cron.d high/etc/cron.d; echo own > image/etc/cron.d/own; echo own > image/etc/cron.d/both; chmod 600 image/etc/cron.d/own; "
        + "echo deep > image/etc/cron.d/sub/x; ln -s own image/etc/cron.d/l; echo low > low/etc/cron.d/low; echo low > low/etc/cron.d/both; "
        + "echo high > high/etc/cron.d/high; touch high/etc/cron.d/.wh..wh..opq; mkdir none; ";

    public ExactDirectoryTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    [Fact]
    public void Only_what_this_and_higher_layers_have_is_there_and_all_comes_back()
    {
        using var box = new Sandbox(Cron + "mkdir -p top/etc/cron.d; echo top > top/etc/cron.d/top");
        var before = box.Snapshot();

        var (_, result) = box.Apply(["low", "high", "top"]);
        var there = box.Run("ls -A image/etc/cron.d");
        var second = box.Apply(["low", "high", "top"]).Plan.Steps;
        box.Apply(["none"]);

        Assert.Empty(result.Faults);
        Assert.Equal("high\ntop", there);
        Assert.Empty(second);
        Assert.Equal(before, box.Snapshot());
    }

    [Fact]
    public void What_a_lower_layer_had_put_there_before_is_hidden_and_the_images_own_is_kept_in_undo()
    {
        using var box = new Sandbox(Cron);
        var before = box.Snapshot();
        box.Apply(["low"]);

        box.Apply(["low", "high"]);
        var exact = box.Run("ls -A image/etc/cron.d");
        box.Apply(["low"]);
        var again = box.Run("cat image/etc/cron.d/both image/etc/cron.d/own");
        box.Apply(["none"]);

        Assert.Equal("high", exact);
        Assert.Equal("low\nown", again);
        Assert.Equal(before, box.Snapshot());
    }

    [Fact]
    public void What_appears_there_later_is_hidden_by_the_next_run_and_not_lost()
    {
        using var box = new Sandbox(Cron);
        box.Apply(["high"]);
        box.Run("echo new > image/etc/cron.d/new");

        var (plan, _) = box.Apply(["high"]);
        var there = box.Run("ls -A image/etc/cron.d");
        box.Apply(["none"]);

        Assert.Equal(OverlayAction.Remove, Assert.Single(plan.Steps).Do);
        Assert.Equal("high", there);
        Assert.Equal("new", box.Run("cat image/etc/cron.d/new"));
    }

    [Fact]
    public void A_directory_of_the_layer_below_is_exact_too_and_keep_and_once_are_left_alone()
    {
        using var box = new Sandbox(Cron + "mkdir high/etc/cron.d/sub; echo y > high/etc/cron.d/sub/y; touch high/etc/cron.d/.keep.own; echo once > high/etc/cron.d/both.allie-once");
        var before = box.Snapshot();

        box.Apply(["high"]);

        Assert.Equal("both high own sub y own", box.Run("echo $(ls -A image/etc/cron.d image/etc/cron.d/sub | grep -v :) $(cat image/etc/cron.d/both)"));
        box.Apply(["none"]);
        Assert.Equal(before, box.Snapshot());
    }

    [Fact]
    public void It_may_be_a_directory_that_the_image_has_not_or_reaches_by_a_link_but_never_a_pillar()
    {
        using var box = new Sandbox("ln -s usr/lib64 image/lib64; echo l > image/usr/lib64/l; mkdir -p low/opt/new low/etc low/lib64 image/usr/local low/usr/local; touch low/opt/new/.wh..wh..opq low/opt/new/x low/etc/.wh..wh..opq low/etc/y low/lib64/.wh..wh..opq low/lib64/z image/etc/own");

        var (_, result) = box.Apply(["low"]);

        Assert.Equal("own\ny\nx", box.Run("ls -A image/etc; ls -A image/opt/new"));
        Assert.Equal("l\nz", box.Run("ls -A image/usr/lib64"));
        Assert.Equal(["/etc/.wh..wh..opq", "/usr/lib64/.wh..wh..opq"], result.Faults.Select(f => f.Path.ToString()).Order());
    }

    [Fact]
    public void A_whiteout_beside_a_directory_replaces_the_images_directory_with_its_mode_and_gives_it_back()
    {
        using var box = new Sandbox("mkdir -p -m 700 image/opt/d/s low/opt/d; chmod 711 low/opt/d; echo own > image/opt/d/own; echo own > image/opt/d/x; echo s > image/opt/d/s/s; touch low/opt/.wh.d; echo x > low/opt/d/x; mkdir none");
        var before = box.Snapshot();

        var (_, result) = box.Apply(["low"]);
        var there = box.Run("stat -c %a image/opt/d; ls -A image/opt/d; cat image/opt/d/x");
        var second = box.Apply(["low"]).Plan.Steps;
        box.Apply(["none"]);

        Assert.Empty(result.Faults);
        Assert.Equal("711\nx\nx", there);
        Assert.Empty(second);
        Assert.Equal(before, box.Snapshot());
    }

    [Fact]
    public void From_a_whiteout_to_a_directory_in_its_place_and_back()
    {
        using var box = new Sandbox("mkdir -p image/opt/d low/opt high/opt/d; echo own > image/opt/d/own; touch low/opt/.wh.d high/opt/.wh.d high/opt/d/x; mkdir none");
        var before = box.Snapshot();

        box.Apply(["low"]);
        box.Apply(["high"]);
        var there = box.Run("ls -A image/opt/d");
        box.Apply(["low"]);
        var gone = box.Run("ls -A image/opt");
        box.Apply(["none"]);

        Assert.Equal(("x", ""), (there, gone));
        Assert.Equal(before, box.Snapshot());
    }

    [Fact]
    public void Once_after_a_whiteout_gives_the_images_own_back()
    {
        using var box = new Sandbox("echo own > image/etc/x; mkdir low/etc high/etc; touch low/etc/.wh.x; echo once > high/etc/x.allie-once");
        box.Apply(["low"]);

        box.Apply(["high"]);

        Assert.Equal("own", box.Run("cat image/etc/x"));
        Assert.Empty(box.Apply(["high"]).Plan.Steps);
    }
}
