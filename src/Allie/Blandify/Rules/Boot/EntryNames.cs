using Allie.Blandify.Table;
using Allie.Files;

namespace Allie.Blandify.Rules.Boot;

/// <summary>Names that hold the captured PC's machine-id get the placeholder; personalising puts the PC's own there.</summary>
public sealed class EntryNames(string op, RuleAbout about, string[] files, CapturedPc captured) : IRule
{
    public string Op => op;

    public RuleAbout About => about;

    public IEnumerable<TreeChange> Look(ITreeView tree)
    {
        var taken = new HashSet<ImagePath>();
        foreach (var (path, _) in files.Select(PathPattern.Parse).SelectMany(p => p.Match(tree)))
        {
            var name = captured.WithoutIds(path.Name);
            if (name == path.Name)
            {
                continue;
            }

            var renamed = path.Parent.Join(name);
            yield return tree.Find(renamed) is not null || !taken.Add(renamed)
                ? new(op, path, TreeAction.Report, $"cannot be renamed: {renamed} is there already")
                : new TreeChange(op, path, TreeAction.Rename, about.Why) { After = renamed.Raw };
        }
    }
}
