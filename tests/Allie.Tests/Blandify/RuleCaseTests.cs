using Allie.Blandify;
using CsCheck;
using Xunit;

namespace Allie.Tests.Blandify;

public class RuleCaseTests
{
    private const int LastCase = 50;

    public static TheoryData<string> Names => [.. RuleCase.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_rules_make_of_the_tree_what_the_case_says(string name)
    {
        var test = RuleCase.Read(name);
        var tree = test.Tree();

        var plan = RuleSet.Plan(tree, test.Options);
        tree.Apply(plan.Steps);

        var there = tree.Paths.Where(p => !p.EndsWith('/')).ToDictionary(p => p, p => tree.Raw(p));
        Assert.Equal(Shown(test.After.Where(f => !test.IsAll || test.Changed.ContainsKey(f.Key))), Shown(there.Where(f => !test.IsAll || test.Changed.ContainsKey(f.Key))));
        Assert.All(test.Absent, token => Assert.DoesNotContain(there, f =>
            f.Key.Contains(token, StringComparison.Ordinal) || f.Value.Split('\n').Any(l => !l.StartsWith("#allie:", StringComparison.Ordinal) && l.Contains(token, StringComparison.Ordinal))));
        Assert.All(test.Notes, note => Assert.Contains(plan.Notes, n => n.Contains(note)));
        Assert.All(test.Modes, mode => Assert.Equal(mode.Mode, Convert.ToString(tree.Find(Allie.Files.ImagePath.Of(mode.Path))!.Value.Permissions, 8)));
        Assert.Empty(RuleSet.Plan(tree, test.Options).Steps);
    }

    [Fact]
    public void Every_case_of_the_catalogue_has_its_file_or_is_named_with_where_it_is_tested()
    {
        var known = RuleCase.Names.Concat(File.ReadAllLines(Path.Combine(RuleCase.Home(), "ELSEWHERE"))).Select(l => l[..2]).ToHashSet();

        Assert.Equal([], Enumerable.Range(1, LastCase).Select(n => n.ToString("00")).Where(n => !known.Contains(n)));
    }

    [Fact]
    public void Every_operation_of_the_catalogue_has_its_rules_and_every_rule_its_operation()
    {
        // What is here beyond the catalogue: our own key, and what a look at real systems added.
        string[] beyond = ["pc-key", "db-servers", "gpg", "growfs", "wpa", "xauth-misc"];
        var rows = File.ReadAllLines(Path.Combine(RuleCase.Home(), "OPERATIONS")).Where(l => l[0] != '#').Select(l => l.Split(' ')).ToList();
        var named = rows.Where(r => r[2] != "-").SelectMany(r => r[2..]).ToHashSet();

        Assert.Equal(137, rows.Count);
        Assert.Equal([], named.Except(RuleCase.Ops));
        Assert.Equal(beyond.Order(), RuleCase.Ops.Except(named).Order());
    }

    [Fact]
    public void Twice_is_once_for_all_rules_on_any_mixture_of_the_trees()
    {
        var cases = RuleCase.Names.Select(RuleCase.Read).ToList();
        var optional = RuleSet.All(new("x"), CapturedPc.Of(new MemoryTree())).Where(r => r.About.Default is RuleDefault.Optional or RuleDefault.Warn).Select(r => r.Op).ToArray();
        Gen.Select(Gen.Int[0, cases.Count - 1].Select(i => cases[i]).Array[1, 8], Gen.Int[0, optional.Length - 1].Select(i => optional[i]).Array[0, 6]).Sample((chosen, with) =>
        {
            var files = new Dictionary<string, string>();
            foreach (var (path, text) in chosen.SelectMany(c => c.Before))
            {
                if (!files.Keys.Any(k => k != path && (k.StartsWith(path + "/", StringComparison.Ordinal) || path.StartsWith(k + "/", StringComparison.Ordinal))))
                {
                    files[path] = text;
                }
            }

            var options = new RuleOptions("f42") { With = with.ToHashSet() };
            var tree = new MemoryTree([.. files.Select(f => (f.Key, f.Value))]);
            tree.Apply(RuleSet.Plan(tree, options).Steps);
            var once = tree.Manifest;
            var again = RuleSet.Plan(tree, options);
            Assert.True(again.IsEmpty, string.Join('\n', chosen.Select(c => c.Name).Concat(again.Steps.Select(s => $"{s.Op} {s.Action} {s.Path}"))));
            Assert.Equal(once, tree.Manifest);
        }, iter: 200, threads: 1);
    }

    private static string Shown(IEnumerable<KeyValuePair<string, string>> files) =>
        string.Concat(files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"== {f.Key}\n{f.Value}\n"));
}
