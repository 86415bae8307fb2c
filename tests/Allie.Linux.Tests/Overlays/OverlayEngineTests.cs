using Allie.Overlays;
using Xunit;

namespace Allie.Linux.Tests.Overlays;

public class OverlayEngineTests
{
    private const string Own =
        """
        echo own > image/etc/own; chmod 640 image/etc/own; chown 7:8 image/etc/own; setfattr -n user.mark -v 1 image/etc/own
        setfacl -m u:9:r image/etc/own; touch -d '2001-02-03 04:05:06.7' image/etc/own

        """;

    public OverlayEngineTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    [Fact]
    public void A_withdrawn_file_gives_the_images_own_back_byte_for_byte_with_its_metadata()
    {
        using var box = new Sandbox(Own + "mkdir low/etc; echo ours > low/etc/own; chmod 600 low/etc/own");
        var before = box.Snapshot();

        box.Apply(["low"]);
        var applied = box.Run("stat -c '%a %u %g' image/etc/own; cat image/etc/own; getfattr -d image/etc/own");
        box.Apply(["high"]);

        Assert.Equal("600 0 0\nours", applied);
        Assert.Equal(before, box.Snapshot());
    }

    [Fact]
    public void A_run_with_nothing_to_do_alters_not_even_a_ctime()
    {
        using var box = new Sandbox(Own + "mkdir -p low/etc/new; echo x > low/etc/new/x; ln -s x low/etc/l; touch low/etc/.wh.own");
        box.Apply(["low"]);
        box.Run("sleep 0.3"); // files this old are noted as seen, by whichever run comes next
        box.Apply(["low"]);
        var before = box.Run("find image -printf '%P %i %C@ %T@\\n' | sort");

        var (plan, result) = box.Apply(["low"]);

        Assert.Empty(plan.Steps);
        Assert.Empty(result.Done);
        Assert.Equal(before, box.Run("find image -printf '%P %i %C@ %T@\\n' | sort"));
    }

    [Fact]
    public void A_merged_usr_link_stays_and_the_file_lands_behind_it()
    {
        using var box = new Sandbox("ln -s usr/lib64 image/lib64; chmod 555 image image/usr; mkdir low/lib64; echo x > low/lib64/x; chmod 700 low low/lib64");

        box.Apply(["low"]);

        Assert.Equal("usr/lib64\nx\n555 555 755", box.Run("readlink image/lib64; cat image/usr/lib64/x; echo $(stat -c %a image image/usr image/usr/lib64)"));
        box.Apply(["high"]);
        Assert.Equal("", box.Run("ls image/usr/lib64"));
    }

    [Fact]
    public void Parent_directories_keep_mode_and_owner_unless_allie_dir_is_in_the_layer()
    {
        using var box = new Sandbox(
            "mkdir -p image/etc/ssh image/etc/x low/etc/ssh low/etc/x; chown 3:4 image/etc image/etc/x; chmod 700 image/etc/ssh; "
            + "chmod 711 low/etc/x; touch low/etc/ssh/k low/etc/x/.allie-dir");
        var before = box.Snapshot();

        box.Apply(["low"]);

        Assert.Equal("755 3, 700 0, 711 0", box.Run("stat -c '%a %u' image/etc image/etc/ssh image/etc/x").Replace("\n", ", "));
        Assert.Equal("k", box.Run("ls -A image/etc/ssh"));
        Assert.Equal("", box.Run("ls -A image/etc/x"));
        box.Apply(["high"]);
        Assert.Equal(before, box.Snapshot());
    }

    [Fact]
    public void An_absolute_link_of_an_inactive_image_never_leads_out_of_it()
    {
        using var box = new Sandbox("mkdir outside low/etc/d low/opt -p; ln -s \"$PWD/outside\" image/etc/d; ln -s /usr image/opt; echo x > low/etc/d/x; echo y > low/opt/y");

        var (_, result) = box.Apply(["low"]);

        Assert.Equal("", box.Run("ls -A outside"));
        Assert.Equal("y", box.Run("cat image/usr/y"));
        Assert.Equal("/etc/d", Assert.Single(result.Faults).Path.ToString());
    }

    [Fact]
    public void A_link_in_the_files_own_place_is_replaced_and_comes_back()
    {
        using var box = new Sandbox("echo victim > image/etc/target; ln -s target image/etc/l; mkdir low/etc; echo ours > low/etc/l");
        var before = box.Snapshot();

        box.Apply(["low"]);

        Assert.Equal("victim\nours", box.Run("cat image/etc/target image/etc/l"));
        box.Apply(["high"]);
        Assert.Equal(before, box.Snapshot());
    }

    [Fact]
    public void Drift_is_mended_and_the_changed_file_is_what_a_withdrawal_gives_back()
    {
        using var box = new Sandbox(Own + "mkdir low/etc; echo ours > low/etc/own");
        box.Apply(["low"]);

        // Same size, same mtime: only a comparison of content finds it.
        box.Run("touch -r image/etc/own t; echo 0urs > image/etc/own; touch -r t image/etc/own");
        var (plan, _) = box.Apply(["low"]);

        Assert.Contains("changed here", Assert.Single(plan.Steps).Why);
        Assert.Equal("ours", box.Run("cat image/etc/own"));
        box.Apply(["high"]);
        Assert.Equal("0urs", box.Run("cat image/etc/own"));
    }

    [Fact]
    public void A_withdrawn_file_that_was_changed_here_is_left()
    {
        using var box = new Sandbox("mkdir low/etc; echo ours > low/etc/x");
        box.Apply(["low"]);
        box.Run("echo theirs > image/etc/x");

        var (plan, _) = box.Apply(["high"]);

        Assert.Equal(OverlayAction.Left, Assert.Single(plan.Steps).Do);
        Assert.Equal("theirs", box.Run("cat image/etc/x"));
        Assert.Empty(box.Apply(["high"]).Plan.Steps);
    }

    [Fact]
    public void A_whiteout_removes_a_tree_and_gives_it_back_whole()
    {
        using var box = new Sandbox("mkdir -p image/opt/d/sub image/opt/.none low/opt; echo x > image/opt/d/sub/x; mkfifo image/opt/d/p; chmod 1777 image/opt/d; touch low/opt/.wh.d low/opt/.wh..none");
        var before = box.Snapshot();

        box.Apply(["low"]);

        Assert.Equal("", box.Run("ls -A image/opt"));
        box.Apply(["high"]);
        Assert.Equal(before, box.Snapshot());
    }

    [Fact]
    public void A_file_of_ours_in_a_directory_that_goes_and_comes_back_ends_as_wanted()
    {
        using var box = new Sandbox("mkdir -p image/opt/d low/opt/d; echo own > image/opt/d/x; echo ours > low/opt/d/x; mkdir high/opt; touch high/opt/.wh.d");
        var before = box.Snapshot();
        box.Apply(["low"]);

        box.Apply(["low", "high"]);
        var hidden = box.Run("ls -A image/opt");
        box.Apply(["low"]);
        var back = box.Run("cat image/opt/d/x");
        box.Apply(["high"]);
        box.Run("rm -r high/opt");
        box.Apply(["high"]);

        Assert.Equal(("", "ours"), (hidden, back));
        Assert.Equal(before, box.Snapshot());
    }

    [Fact]
    public void A_file_becomes_a_directory_and_back_as_the_layer_says()
    {
        using var box = new Sandbox("ln -s etc image/l; mkdir low/l; touch low/.wh.l low/l/x; echo f > high/l");
        var before = box.Snapshot();

        box.Apply(["low"]);
        var directory = box.Run("stat -c %F image/l image/l/x; ls image/etc");
        var (_, result) = box.Apply(["high"]);
        var file = box.Run("cat image/l");
        box.Run("rm high/l");
        box.Apply(["high"]);

        Assert.Equal("directory\nregular empty file", directory);
        Assert.Empty(result.Faults);
        Assert.Equal("f", file);
        Assert.Equal(before, box.Snapshot());
    }

    [Fact]
    public void Names_are_bytes_and_may_be_255_of_them()
    {
        using var box = new Sandbox("mkdir low/etc; printf -v n '%0255d' 1; echo x > low/etc/$n; echo y > low/etc/$'\\xff\\n'; echo z > image/etc/$n; printf -v m '%0254d' 2; echo m > low/etc/$m");
        var before = box.Snapshot();

        box.Apply(["low"]);
        var second = box.Apply(["low"]).Plan.Steps;
        var count = box.Run("ls image/etc | wc -l");
        box.Apply(["high"]);

        Assert.Empty(second);
        Assert.Equal("4", count); // one name holds a newline
        Assert.Equal(before, box.Snapshot());
    }

    [Fact]
    public void One_bad_path_leaves_itself_and_all_others_are_applied()
    {
        using var box = new Sandbox("mkdir -p image/etc/dir image/proc low/etc low/proc; echo a > low/etc/a; echo b > low/etc/dir; echo '{{ nx }}' > low/etc/t.allie; echo p > low/proc/p; echo l > image/etc/loose; ln -s loop image/loop; mkdir low/loop; touch low/loop/x");

        var (_, result) = box.Apply(["low"]);

        Assert.Equal("a", box.Run("cat image/etc/a"));
        Assert.Equal(["/etc/dir", "/etc/t", "/loop", "/proc/p"], result.Faults.Select(f => f.Path.ToString()).Order());
    }

    [Fact]
    public void Once_is_put_there_once_and_is_the_pcs_own_from_then_on()
    {
        using var box = new Sandbox("mkdir low/etc; echo first > low/etc/x.allie-once");
        box.Apply(["low"]);
        box.Run("echo mine > image/etc/x");

        Assert.Empty(box.Apply(["low"]).Plan.Steps);
        box.Apply(["high"]);
        Assert.Equal("mine", box.Run("cat image/etc/x"));
    }

    [Fact]
    public void A_capability_is_carried_and_an_selinux_label_of_a_replaced_file_is_kept()
    {
        using var box = new Sandbox(
            "mkdir low/etc; cp /bin/true low/etc/p; cp /bin/true image/etc/p; "
            + "setfattr -n security.capability -v 0x0100000200040000000000000000000000000000 low/etc/p; "
            + "setfattr -n security.selinux -v image_t image/etc/p; setfattr -n security.selinux -v layer_t low/etc/p");

        box.Apply(["low"]);

        Assert.Equal("image_t", box.Run("getfattr --only-values -n security.selinux image/etc/p").TrimEnd('\0'));
        Assert.Contains("security.capability", box.Run("getfattr -d -m- image/etc/p"));
        Assert.Empty(box.Apply(["low"]).Plan.Steps);
    }
}
