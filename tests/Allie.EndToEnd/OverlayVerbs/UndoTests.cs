using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.OverlayVerbs;

public sealed class UndoTests
{
    private static readonly string[] Layer = ["--layer", "{}/layer"];

    public UndoTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    [Fact]
    public void Undo_of_all_leaves_the_image_as_it_was_asks_nothing_and_the_next_apply_puts_it_back()
    {
        using var box = new OverlayBox(
            """
            for i in $(seq 70); do echo $i >image/etc/$i; touch -d @1000000 image/etc/$i; done; mkdir -p image/d/e layer/etc layer/new/deep; echo x >image/d/e/f
            for i in $(seq 70); do echo new $i >layer/etc/$i; done; touch layer/.wh.d; echo y >layer/new/deep/y
            """);
        var before = box.Snapshot();
        Assert.Equal(0, box.Pc(["apply", .. Layer]).ExitCode);
        var applied = box.Snapshot();

        var (would, said, _) = box.Pc("undo", "--all", "-n");
        Assert.Equal(3, would);
        Assert.Contains("the image's own comes back", said, StringComparison.Ordinal);
        Assert.DoesNotContain("no layer has it", said, StringComparison.Ordinal); // one has it still
        Assert.Equal(applied, box.Snapshot());
        Assert.Equal(0, box.Pc("undo", "--all").ExitCode);
        Assert.Equal(before, box.Snapshot());
        Assert.Equal(0, box.Pc("undo", "--all", "-n").ExitCode);
        Assert.Equal(0, box.Pc(["apply", .. Layer]).ExitCode);
        Assert.Equal(applied.Split('\n').Length, box.Snapshot().Split('\n').Length);
    }

    [Fact]
    public void One_path_comes_back_and_what_was_changed_here_is_left_with_our_copy_of_the_images_own()
    {
        using var box = new OverlayBox("echo a >image/etc/a; echo b >image/etc/b; mkdir layer/etc; echo A >layer/etc/a; echo B >layer/etc/b; chmod 640 image/etc/a");
        box.Pc(["apply", .. Layer]);
        box.Sh("echo mine >image/etc/b");

        Assert.Equal(0, box.Pc("undo", "/etc/a").ExitCode);
        var (code, _, errors) = box.Pc("undo", "{}/image/etc/b");

        Assert.Equal("a 640 mine b", box.Sh("echo $(cat image/etc/a; stat -c %a image/etc/a; cat image/etc/b image/var/lib/allie/undo/etc/b)"));
        Assert.Equal(1, code);
        Assert.Contains("/etc/b: it was changed here since; left", errors, StringComparison.Ordinal);
        Assert.Equal(2, box.Pc("undo", "/etc/c").ExitCode);
        Assert.Equal(2, box.Pc("undo").ExitCode);
    }

    [Fact]
    public void While_disabled_apply_is_refused_unless_y_until_its_time_is_over()
    {
        using var box = new OverlayBox("mkdir layer/etc; echo x >layer/etc/x");
        Assert.Equal(0, box.Pc("disable", "new driver", "--for", "1s").ExitCode);
        Assert.Equal(0, box.Pc("disable", "new driver", "--for", "8h").ExitCode);

        var (code, _, errors) = box.Pc(["apply", .. Layer]);

        Assert.Equal(2, code);
        Assert.Contains("new driver", errors, StringComparison.Ordinal);
        Assert.Equal(3, box.Pc(["apply", "-n", .. Layer]).ExitCode);
        box.Sh("test ! -e image/etc/x");
        Assert.Equal(0, box.Pc(["apply", "-y", .. Layer]).ExitCode);
        Assert.Equal(0, box.Pc("enable").ExitCode);
        Assert.Equal(0, box.Pc("enable", "-n").ExitCode);
        Assert.Equal(0, box.Pc(["apply", .. Layer]).ExitCode);
        box.Sh("""echo '{"reason":"old","since":"2020-01-01T00:00:00Z","until":"2020-01-02T00:00:00Z"}' >image/var/lib/allie/disabled""");
        Assert.Equal(0, box.Pc(["apply", .. Layer]).ExitCode);
        Assert.Equal(2, box.Pc("disable", "").ExitCode);
    }

    [Fact]
    public void A_new_allie_that_fails_its_self_test_is_not_installed_and_the_old_one_is_kept_beside_a_good_one()
    {
        using var box = new OverlayBox(
            $"mkdir -p image/root/util layer/root/util; printf '#!/bin/sh\\necho broken >&2; exit 9\\n' >layer/root/util/allie; chmod 755 layer/root/util/allie; echo old >image/root/util/allie; echo z >layer/z");
        var before = box.Snapshot();

        var (code, _, errors) = box.Pc(["apply", .. Layer]);

        Assert.Equal(1, code);
        Assert.Contains("fails its self-test (exit 9: broken)", errors, StringComparison.Ordinal);
        Assert.Equal("old z", box.Sh("echo $(cat image/root/util/allie image/z)"));
        box.Sh($"cp {Binary.Path} layer/root/util/allie");
        Assert.Equal(0, box.Pc(["apply", .. Layer]).ExitCode);
        Assert.Equal("old", box.Sh("cat image/root/util/allie.previous; cmp layer/root/util/allie image/root/util/allie"));
        Assert.Equal(0, box.Pc("undo", "--all").ExitCode);
        Assert.Equal(before, box.Snapshot());
    }
}
