using Allie.Blandify;
using Allie.Blandify.Table;
using Allie.Errors;
using Xunit;

namespace Allie.Tests.Blandify;

public class RuleFileTests
{
    [Fact]
    public void A_rule_of_the_site_does_what_its_file_says()
    {
        var read = RuleFile.Parse(
            """
            on = ["crypttab"]
            off = ["logs"]

            [rule.agent]
            why = "one id for all"
            delete = ["var/lib/agent/id"]
            in = ["etc/agent.conf"]
            drop-keys = ["id"]
            comment-lines = ['^serial']
            set = ["name=any"]
            """, "site.toml");
        var tree = new MemoryTree(("var/lib/agent/id", "7"), ("etc/agent.conf", "id = 7\nserial 7\nname = pc7\nrest\n"), ("var/log/x", "kept"));
        var options = new RuleOptions("f42") { Added = [.. read.Rules], With = read.On.ToHashSet(), Without = read.Off.ToHashSet() };

        tree.Apply(RuleSet.Plan(tree, options).Steps);

        Assert.Equal("#allie:local serial 7\nname =any\nrest\n", tree.Raw("etc/agent.conf"));
        Assert.Equal("kept", tree.Raw("var/log/x"));
        Assert.DoesNotContain("var/lib/agent/id", tree.Paths);
        Assert.Empty(RuleSet.Plan(tree, options).Steps);
    }

    [Theory]
    [InlineData("[rule.a]\ndelte = []\n", "site.toml(2,1)", "did you mean 'rule.a.delete'")]
    [InlineData("[rule.a]\ndelete = \"x\"\n", "site.toml(2,1)", "a list of texts")]
    [InlineData("[rule.a]\n\ndelete = [\"*\"]\n", "site.toml(3,1)", "whole image")]
    [InlineData("[rule.a]\ndelete = [\"../x\"]\n", "site.toml(2,1)", "leaves the image")]
    [InlineData("[rule.a]\ndrop-lines = ['(']\n", "site.toml(2,1)", "no regular expression")]
    [InlineData("[rule.a]\nclass = \"x\"\n", "site.toml(2,1)", "identity, layout")]
    [InlineData("[rule.a]\nwhy = \"x\"\nwhy = \"y\"\n", "site.toml(3,1)", "rule.a.why")]
    [InlineData("[rule.A]\nwhy = \"x\"\n", "'A'", "small letters")]
    [InlineData("of = [\"x\"]\n", "site.toml(1,1)", "did you mean 'off'")]
    [InlineData("rule = [\n", "site.toml(", "")]
    public void A_mistake_is_told_with_its_place(string text, string place, string told)
    {
        var error = Assert.Throws<UserError>(() => RuleFile.Parse(text, "site.toml"));

        Assert.Equal(2, error.ExitCode);
        Assert.Contains(place, error.Message + error.Hint);
        Assert.Contains(told, error.Message + error.Hint);
    }

    [Theory]
    [InlineData("nonsense", "there is none of that name")]
    [InlineData("ssh-authorized", "lock the administrator out")]
    public void A_switch_must_name_a_rule_that_may_be_on(string name, string told)
    {
        var error = Assert.Throws<UserError>(() => RuleSet.Plan(new MemoryTree(), new RuleOptions("f42") { With = new HashSet<string> { name } }));

        Assert.Contains(told, error.Message);
    }

    [Fact]
    public void A_rule_of_the_site_cannot_take_a_built_in_ones_name() =>
        Assert.Contains("one of that name", Assert.Throws<UserError>(() =>
            RuleSet.Plan(new MemoryTree(), new RuleOptions("f42") { Added = [.. RuleFile.Parse("[rule.fstab]\nwhy = \"x\"\n", "s").Rules] })).Message);

    [Fact]
    public void A_rule_that_tells_changes_only_what_it_is_asked_to()
    {
        var tree = new MemoryTree(("root/.ssh/id_rsa", "-----BEGIN RSA PRIVATE KEY-----\n"), ("root/.ssh/config", "x"));

        var told = RuleSet.Plan(tree, "f42");
        var asked = RuleSet.Plan(tree, new RuleOptions("f42") { With = new HashSet<string> { "ssh-private" } });

        Assert.Empty(told.Steps);
        Assert.Contains(told.Notes, n => n.StartsWith("/root/.ssh/id_rsa: ", StringComparison.Ordinal));
        Assert.Equal(["/root/.ssh/id_rsa"], asked.Steps.Select(s => s.Target));
        Assert.Null(asked.Steps[0].Before);
    }

    [Fact]
    public void Every_rule_says_what_it_does_and_why_in_words_that_fit_one_line() =>
        Assert.All(RuleSet.All(new("x"), CapturedPc.None), rule =>
        {
            Assert.InRange(rule.About.Does.Length, 5, 140);
            Assert.InRange(rule.About.Why.Length, 3, 110);
            Assert.DoesNotContain('\n', rule.About.Does + rule.About.Why);
        });
}
