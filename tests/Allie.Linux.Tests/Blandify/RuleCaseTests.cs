using System.Text;
using Allie.Blandify;
using Allie.Files;
using Allie.Linux.Blandify;
using Allie.Linux.Files;
using Allie.Linux.Tests.Shared;
using Allie.Tests.Blandify;
using Xunit;

namespace Allie.Linux.Tests.Blandify;

/// <summary>The cases of the rules on a real file system, with openat2 and without.</summary>
public sealed class RuleCaseTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public static MatrixTheoryData<string, bool> Names => new(RuleCase.Names, [false, true]);

    public void Dispose() => _temp.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void The_rules_make_of_the_tree_on_disk_what_the_case_says(string name, bool walkByComponent)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files of an image belong to root");
        var test = RuleCase.Read(name);
        Make(test.Before);
        using var root = ImageRoot.Open(_temp.At("tree"));
        root.WalkByComponent = walkByComponent;

        var plan = RuleSet.Plan(new ImageTreeView(root), test.Options);
        TreeChanger.Apply(root, plan.Steps);

        var there = Read(root, ImagePath.Root).ToDictionary();
        Assert.Equal(
            Shown(test.After.Where(f => !test.IsAll || test.Changed.ContainsKey(f.Key))), Shown(there.Where(f => !test.IsAll || test.Changed.ContainsKey(f.Key))));
        Assert.All(test.Modes, mode => Assert.Equal(mode.Mode, Convert.ToString(root.Stat(ImagePath.Of(mode.Path)).Permissions, 8)));
        var before = Times(root);
        var again = RuleSet.Plan(new ImageTreeView(root), test.Options);
        TreeChanger.Apply(root, again.Steps);
        Assert.Empty(again.Steps);
        Assert.Equal(before, Times(root));
    }

    private void Make(IReadOnlyDictionary<string, string> files)
    {
        Directory.CreateDirectory(_temp.At("tree"));
        foreach (var (path, text) in files)
        {
            var file = _temp.At("tree/" + path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (text.StartsWith("-> ", StringComparison.Ordinal))
            {
                File.CreateSymbolicLink(file, text[3..]);
            }
            else
            {
                File.WriteAllBytes(file, Encoding.Latin1.GetBytes(text));
            }
        }
    }

    private static IEnumerable<(string Path, string Text)> Read(ImageRoot root, ImagePath directory) =>
        root.Entries(directory).SelectMany(e => e.Kind switch
        {
            FileKind.Directory => Read(root, directory.Join(e.Name)),
            FileKind.Symlink => [(directory.Join(e.Name).Raw, "-> " + root.ReadLink(directory.Join(e.Name)))],
            _ => [(directory.Join(e.Name).Raw, Encoding.Latin1.GetString(root.ReadFile(directory.Join(e.Name))))],
        });

    private string Times(ImageRoot root) => Shell.Run("find . -printf '%p %y %m %T@ %C@ %s\\n' | sort", root.HostPath);

    private static string Shown(IEnumerable<KeyValuePair<string, string>> files) =>
        string.Concat(files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"== {f.Key}\n{f.Value}\n"));
}
