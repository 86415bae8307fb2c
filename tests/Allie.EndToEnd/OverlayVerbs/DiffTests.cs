using System.Text.Json.Nodes;
using Allie.EndToEnd.Shared;
using Xunit;

namespace Allie.EndToEnd.OverlayVerbs;

public sealed class DiffTests
{
    private static readonly string[] Layer = ["--layer", "{}/layer"];

    public DiffTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    [Fact]
    public void The_patch_makes_what_apply_makes_and_after_an_apply_there_is_no_difference()
    {
        using var box = new OverlayBox(
            """
            seq 30 >image/etc/long; echo own >image/etc/mode; echo x >image/etc/gone; chmod 644 image/etc/mode; ln -s a image/etc/link; cp -a image patched
            mkdir layer/etc; sed 's/^5$/five/; s/^28$/x/' image/etc/long >layer/etc/long; printf 'no newline' >layer/etc/new
            cp -a image/etc/mode layer/etc; chmod 600 layer/etc/mode; touch layer/etc/.wh.gone; ln -s b layer/etc/link
            """);

        var (code, output, errors) = box.Pc(["diff", .. Layer]);

        Assert.Equal((3, ""), (code, errors));
        File.WriteAllText(box.Path + "/diff", output);
        box.Sh("rm patched/etc/link image/etc/link layer/etc/link; cd patched; patch -s -p1 <../diff || true; test ! -e etc/gone");
        foreach (var line in new[] { " M /etc/long", " A /etc/new", " P /etc/mode", " D /etc/gone", " M /etc/link", "   mode 644 -> 600" })
        {
            Assert.Contains("\n" + line, "\n" + output, StringComparison.Ordinal);
        }

        Assert.Equal(0, box.Pc(["apply", .. Layer]).ExitCode);
        box.Sh("chmod 600 patched/etc/mode; diff -r --no-dereference image/etc patched/etc");
        Assert.Equal((0, "", ""), box.Pc(["diff", .. Layer]));
        Assert.Equal((0, "", ""), box.Pc(["verify", .. Layer]));
    }

    [Fact]
    public void The_first_letter_is_what_happened_here_and_nothing_is_written()
    {
        using var box = new OverlayBox("mkdir layer/etc; for f in changed deleted back left; do echo $f >layer/etc/$f; done; echo own >image/etc/back; touch layer/etc/.wh.again");
        box.Pc(["apply", .. Layer]);
        box.Sh("echo x >image/etc/changed; rm image/etc/deleted layer/etc/back layer/etc/left; echo mine >image/etc/left; echo x >image/etc/again");
        var before = box.Sh("find . -path ./run -prune -o -printf '%p %i %C@ %T@\\n' | sort");

        var (code, output, _) = box.Pc(["verify", .. Layer, "--json"]);

        Assert.Equal(3, code);
        var status = JsonNode.Parse(output)!["differences"]!.AsArray().ToDictionary(d => (string)d!["path"]!, d => (string)d!["status"]!);
        Assert.Equal(
            new Dictionary<string, string> { ["/etc/again"] = "AD", ["/etc/back"] = " R", ["/etc/changed"] = "MM", ["/etc/deleted"] = "DA", ["/etc/left"] = "M " },
            status);
        Assert.Equal(before, box.Sh("find . -path ./run -prune -o -printf '%p %i %C@ %T@\\n' | sort"));
    }

    [Fact]
    public void A_template_is_compared_as_it_is_rendered()
    {
        using var box = new OverlayBox("mkdir layer/etc; echo old >image/etc/motd; echo '{{ host }}' >layer/etc/motd.allie; echo 'host = \"pc1\"' >facts.toml");
        string[] words = [.. Layer, "--host-facts", "{}/facts.toml"];

        var (code, output, _) = box.Pc(["diff", .. words]);

        Assert.Equal(3, code);
        Assert.Contains("-old\n+pc1\n", output, StringComparison.Ordinal);
        Assert.Equal(0, box.Pc(["apply", .. words]).ExitCode);
        Assert.Equal(0, box.Pc(["verify", .. words]).ExitCode);
        Assert.Equal(0, box.Pc("undo", "--all").ExitCode);
        Assert.Equal("old", box.Sh("cat image/etc/motd"));
    }

    [Fact]
    public void Paths_narrow_it_links_on_the_way_are_followed_and_binary_files_are_told_as_such()
    {
        using var box = new OverlayBox("ln -s usr/lib64 image/lib64; mkdir -p layer/lib64 layer/etc; printf 'a\\0b' >layer/lib64/x; echo y >layer/etc/y");

        var (code, output, _) = box.Pc(["diff", "/lib64", .. Layer]);

        Assert.Equal(3, code);
        Assert.Contains("Binary files /dev/null and b/usr/lib64/x differ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("/etc/y", output, StringComparison.Ordinal);
        Assert.Equal(0, box.Pc(["diff", "/var", .. Layer]).ExitCode);
        Assert.Equal(2, box.Pc("verify", "--image", "x").ExitCode);
    }
}
