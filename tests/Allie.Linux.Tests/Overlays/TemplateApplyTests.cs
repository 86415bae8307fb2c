using Xunit;

namespace Allie.Linux.Tests.Overlays;

public class TemplateApplyTests
{
    private const string Pc1 = "host = \"pc1\"\ngroups = [\"gpu\"]\n[tag]\nroom = \"W210\"\n";

    public TemplateApplyTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    [Fact]
    public void A_template_is_rendered_with_its_own_mode_and_owner_and_goes_as_any_file()
    {
        using var box = new Sandbox("echo own > image/etc/motd; mkdir low/etc; echo '{{ host }} in {{ tag.room }}' > low/etc/motd.allie; chmod 640 low/etc/motd.allie; chown 5:6 low/etc/motd.allie") { Facts = Pc1 };
        var before = box.Snapshot();

        var (_, result) = box.Apply(["low"]);
        var there = box.Run("ls image/etc; cat image/etc/motd; stat -c '%a %u %g' image/etc/motd");
        var second = box.Apply(["low"]).Plan.Steps;
        box.Apply(["high"]);

        Assert.Empty(result.Faults);
        Assert.Equal("motd\npc1 in W210\n640 5 6", there);
        Assert.Empty(second);
        Assert.Equal(before, box.Snapshot());
    }

    [Fact]
    public void Another_value_renders_it_anew_also_when_the_run_before_is_remembered()
    {
        using var box = new Sandbox("mkdir low/etc; echo '{{ tag.room }}' > low/etc/a.allie") { Facts = Pc1 };
        box.Apply(["low"]);
        box.Run("sleep 0.2");
        box.Apply(["low"]);
        Assert.Empty(box.Apply(["low"]).Plan.Steps);

        box.Facts = Pc1.Replace("W210", "W211");
        var (plan, _) = box.Apply(["low"]);

        Assert.Contains("changed in the layer", Assert.Single(plan.Steps).Why);
        Assert.Equal("W211", box.Run("cat image/etc/a"));
    }

    [Fact]
    public void A_template_with_a_mistake_leaves_its_path_as_it_was_and_all_others_are_applied()
    {
        using var box = new Sandbox(
            "mkdir low/etc; echo own > image/etc/a; printf 'x\\n{{ tag.rom }}\\n' > low/etc/a.allie; echo b > low/etc/b; "
            + "printf 'a\\0b' > low/etc/binary.allie; head -c 1048577 /dev/zero | tr '\\0' x > low/etc/big.allie; ln -s b low/etc/link.allie; "
            + "echo 1 > low/etc/two; echo 2 > low/etc/two.allie") { Facts = Pc1 };

        var (plan, result) = box.Apply(["low"]);

        Assert.Equal("etc/b", Assert.Single(plan.Steps).Path.Raw);
        Assert.Equal("own\nb", box.Run("cat image/etc/a image/etc/b"));
        Assert.Equal("a\nb", box.Run("ls image/etc"));
        string[] told =
        [
            "/etc/a low etc/a.allie(2,4): unknown name 'tag.rom'", "/etc/big low etc/big.allie: a template of 1048577 bytes", "/etc/binary low etc/binary.allie(1,2): a NUL byte",
            "/etc/link low 'link.allie' is no file", "/etc/two low the layer speaks of it twice",
        ];
        var faults = result.Faults.OrderBy(f => f.Path).Select(f => $"{f.Path} {f.Layer} {f.Reason}").ToList();
        Assert.Equal(told, faults.Zip(told, (f, t) => f[..Math.Min(f.Length, t.Length)]));
        Assert.Equal(told.Length, faults.Count);
    }

    [Fact]
    public void A_file_and_a_template_in_different_layers_are_decided_by_the_higher_one()
    {
        using var box = new Sandbox("mkdir low/etc high/etc; echo plain > low/etc/a; echo '{{ host }}' > high/etc/a.allie; echo plain > high/etc/b; echo '{{ host }}' > low/etc/b.allie") { Facts = Pc1 };

        box.Apply(["low", "high"]);

        Assert.Equal("pc1\nplain", box.Run("cat image/etc/a image/etc/b"));
    }

    [Fact]
    public void Without_a_template_no_facts_are_asked_for()
    {
        using var box = new Sandbox("mkdir low/etc; echo a > low/etc/a") { Facts = "this is no TOML" };

        Assert.Empty(box.Apply(["low"]).Result.Faults);
    }
}
