using Allie.Config;
using Allie.Errors;
using Allie.Fleet;
using CsCheck;
using Xunit;

namespace Allie.Tests.Fleet;

public class RsyncdConfTests
{
    private static readonly ServerSettings Settings = ServerSettings.Parse("", "server.toml");

    [Fact]
    public void Everything_outside_the_markers_is_kept_byte_for_byte() =>
        Gen.Select(Outside, Outside).Sample((before, after) =>
        {
            var once = RsyncdConf.Splice(before, Block("f18"));
            var text = RsyncdConf.Splice(once + after, Block("f18", "sl6"));

            Assert.Equal(once.Replace(Block("f18"), Block("f18", "sl6")) + after, text);
            Assert.Equal(text, RsyncdConf.Splice(text, Block("f18", "sl6")));
        });

    [Theory]
    [InlineData("# allie begin\n")]
    [InlineData("# allie end\n")]
    [InlineData("# allie end\n[x]\n# allie begin\n")]
    public void Torn_markers_are_refused(string text)
    {
        var error = Assert.Throws<UserError>(() => RsyncdConf.Splice(text, Block()));

        Assert.Equal(ExitCode.Refused, error.ExitCode);
    }

    [Fact]
    public void A_change_is_told_module_by_module()
    {
        var old = "[mine]\n" + Block("f18", "f19");
        var changed = Block("f18", "sl6").Replace("path = /srv/allie/images/f18", "path = /elsewhere");

        var plan = RsyncdConfChange.Between(old, RsyncdConf.Splice(old, changed), []);

        Assert.Equal(["add image-sl6", "change image-f18", "remove image-f19"], plan.Steps.Select(s => $"{s.Action} {s.Target}"));
        Assert.True(RsyncdConfChange.Between(old, old, []).IsEmpty);
    }

    [Fact]
    public void Only_hosts_with_an_address_get_their_overlay_served()
    {
        var hosts = HostsFile.Parse("pc1 addr=10.0.0.1\npc2\npc3 addr=*\n", "hosts");

        var decided = ServerModules.Decide(Settings, [], ["pc1", "pc2", "pc3", "pc4"], hosts);

        Assert.Equal(["pc", "pc-pc1", "report-pc1"], decided.Modules.Select(m => m.Name));
        Assert.Equal(["10.0.0.1"], decided.Modules[1].HostsAllow);
        Assert.Equal(["pc2", "pc3", "pc4"], decided.Notes.Select(n => n.Split(' ')[3]).Order());
    }

    [Fact]
    public void The_daemons_own_settings_are_said_only_when_set()
    {
        Assert.DoesNotContain("port", RsyncdConf.Block([], "", 873));
        Assert.Contains("\naddress = 10.0.0.1\nport = 8873\n", RsyncdConf.Block([], "10.0.0.1", 8873));
        Assert.DoesNotContain("[", RsyncdConf.Block([], "10.0.0.1", 8873));
        Assert.DoesNotContain("port", RsyncdConf.Block([], "", 8873, RsyncdConf.IsFirst("a = b\n[mine]\n")));
        Assert.True(RsyncdConf.IsFirst("# [x]\nport = 1\n" + RsyncdConf.Block([], "", 873) + "[mine]\n"));
    }

    [Theory]
    [InlineData("/srv/%USER%")]
    [InlineData("/srv/a\n[root]\npath = /")]
    public void A_path_that_rsyncd_would_read_otherwise_is_refused(string path) =>
        Assert.Throws<UserError>(() => new RsyncdModule("m", path, "c", []).Format());

    private static readonly Gen<string> Outside =
        Gen.OneOf("[mine]", "path = /x", "# allie beginner", "", "  # allie end", "\xe9").Array[0, 6].Select(lines => string.Concat(lines.Select(l => l + "\n")));

    private static string Block(params string[] images) =>
        RsyncdConf.Block(ServerModules.Decide(Settings, images, [], HostsFile.Parse("", "hosts")).Modules, "", 873);
}
