using Allie.Blandify;
using Allie.Files;
using Allie.Tests.Blandify;
using Xunit;

namespace Allie.Tests.Personalise;

/// <summary>The whole trees of blandify's cases, through the whole circle: bland, another PC's, bland again.</summary>
public class WholeTreeTests
{
    private const string OtherId = "abcdefabcdefabcdefabcdefabcdef01";

    public static TheoryData<string> Trees => [.. RuleCase.Names.Where(n => n.StartsWith("40-tree", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Trees))]
    public void A_bland_tree_becomes_another_pcs_whole_and_nothing_of_the_first_comes_back(string name)
    {
        var test = RuleCase.Read(name);
        var tree = Bland(test, test.Tree().Apply([new("", ImagePath.Of("etc/ssh/sshd_config"), TreeAction.Write, "") { After = "c" }]));

        Pc.Done(Pc.Facts(Other(), tree) with { Label = "slot2" }); // also asks for a second plan, which is empty

        Assert.All(test.Absent, token => Assert.DoesNotContain(Lines(tree), l => !l.StartsWith("#allie:", StringComparison.Ordinal) && l.Contains(token, StringComparison.Ordinal)));
        Assert.Contains(tree.Paths.Where(p => p is "etc/hostname" or "etc/HOSTNAME" or "etc/sysconfig/network"), p => tree.Raw(p).Contains("other.lab.example", StringComparison.Ordinal));
        Assert.Contains(new[] { "etc/machine-id", "var/lib/dbus/machine-id" }, f => tree.Text(f) == OtherId + "\n");
        Assert.Equal("key of other", tree.Text("etc/ssh/ssh_host_ed25519_key"));
        Assert.StartsWith("LABEL=slot2 / ", System.Text.RegularExpressions.Regex.Replace(tree.Text("etc/fstab")!.Split('\n').First(l => l.StartsWith("LABEL=slot2", StringComparison.Ordinal)), " +|\t+", " "));
        Assert.DoesNotContain(tree.Paths, p => p.StartsWith("boot/", StringComparison.Ordinal) && p.Contains(CapturedPc.PlaceholderId, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public void Captured_from_that_pc_it_is_bland_again_and_twice_is_once(string name)
    {
        var test = RuleCase.Read(name);
        var tree = Bland(test, test.Tree().Apply([new("", ImagePath.Of("etc/ssh/sshd_config"), TreeAction.Write, "") { After = "c" }]));
        Pc.Done(Pc.Facts(Other(), tree) with { Label = "slot2" });

        Bland(test, tree);

        Assert.DoesNotContain(Lines(tree), l => !l.StartsWith("#allie:", StringComparison.Ordinal) && (l.Contains("other.lab", StringComparison.Ordinal) || l.Contains(OtherId, StringComparison.Ordinal) || l.Contains("key of other", StringComparison.Ordinal)));
        Assert.Empty(RuleSet.Plan(tree, test.Options).Steps);
    }

    private static MemoryTree Bland(RuleCase test, MemoryTree tree) => tree.Apply(RuleSet.Plan(tree, test.Options).Steps);

    private static IEnumerable<string> Lines(MemoryTree tree) => tree.Paths.Concat(tree.Paths.Where(p => !p.EndsWith('/')).SelectMany(p => tree.Raw(p).Split('\n')));

    private static MemoryTree Other() => new(
        Pc.Systemd, ("etc/hostname", "other.lab.example\n"), ("etc/machine-id", OtherId + "\n"), ("etc/ssh/ssh_host_ed25519_key", "key of other"),
        ("etc/ssh/ssh_host_ed25519_key.pub", "public"), ("etc/fstab", "LABEL=old / ext4 defaults 0 1\n"));
}
