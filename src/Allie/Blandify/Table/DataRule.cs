using Allie.Blandify.Rules;
using Allie.Files;

namespace Allie.Blandify.Table;

/// <summary>A rule that is a line of a table: paths by pattern and what happens to them. The tables and the site's own files have the same form.</summary>
public sealed record DataRule(string Op, RuleAbout About) : IRule
{
    /// <summary>The rule looks only at a tree that has one of these; with none it looks at every tree.</summary>
    public IReadOnlyList<PathPattern> When { get; init; } = [];

    /// <summary>It does not look at a tree that has one of these.</summary>
    public IReadOnlyList<PathPattern> Unless { get; init; } = [];

    /// <summary>Files, links and special files that go.</summary>
    public IReadOnlyList<PathPattern> Delete { get; init; } = [];

    /// <summary>Files and whole directories that go.</summary>
    public IReadOnlyList<PathPattern> Remove { get; init; } = [];

    /// <summary>Directories that stay while all in them goes.</summary>
    public IReadOnlyList<PathPattern> Empty { get; init; } = [];

    /// <summary>Files that stay and become empty.</summary>
    public IReadOnlyList<PathPattern> Truncate { get; init; } = [];

    /// <summary>What is only named.</summary>
    public IReadOnlyList<PathPattern> Report { get; init; } = [];

    /// <summary>Exceptions from all of these.</summary>
    public IReadOnlyList<PathPattern> Keep { get; init; } = [];

    /// <summary>Only files with such a line are meant.</summary>
    public LinePattern? Holding { get; init; }

    /// <summary>Files whose text is edited, or replaced by <see cref="Content"/>.</summary>
    public IReadOnlyList<PathPattern> In { get; init; } = [];

    public IReadOnlyList<LinePattern> DropLines { get; init; } = [];

    public IReadOnlyList<LinePattern> CommentLines { get; init; } = [];

    public IReadOnlyList<string> DropKeys { get; init; } = [];

    /// <summary>KEY=value for lines that have this key.</summary>
    public IReadOnlyList<string> SetKeys { get; init; } = [];

    public string? Content { get; init; }

    /// <summary>A file that is made with <see cref="Content"/> where it is absent and its directory is there.</summary>
    public string? Make { get; init; }

    /// <summary>A file that the edit left with nothing but blanks and comments goes.</summary>
    public bool DeleteEmpty { get; init; }

    public IEnumerable<TreeChange> Look(ITreeView tree)
    {
        if ((When.Count > 0 && !When.Any(p => p.Match(tree).Any())) || Unless.Any(p => p.Match(tree).Any()))
        {
            yield break;
        }

        var taken = Keep.SelectMany(p => p.Match(tree)).Select(k => k.Path).ToHashSet();
        foreach (var change in Places(tree).Concat(Edits(tree)).Concat(Made(tree)).Where(c => taken.Add(c.Path)))
        {
            yield return change;
        }

        foreach (var (path, _) in Report.SelectMany(p => p.Match(tree)).Where(f => f.Kind != FileKind.Directory && Holds(tree, f.Path)))
        {
            if (taken.Add(path))
            {
                yield return Change(path, TreeAction.Report);
            }
        }
    }

    private IEnumerable<TreeChange> Places(ITreeView tree)
    {
        // A link to /dev/null is an administrator's way to switch a thing off.
        var deleted = Delete.SelectMany(p => p.Match(tree)).Where(f => f.Kind != FileKind.Directory && Holds(tree, f.Path) && !IsMask(tree, f))
            .Select(f => Change(f.Path, TreeAction.Delete));
        var removed = Remove.SelectMany(p => p.Match(tree)).Concat(Empty.SelectMany(p => Children(tree, p)))
            .Select(f => Change(f.Path, f.Kind == FileKind.Directory ? TreeAction.RemoveTree : TreeAction.Delete));
        var truncated = Truncate.SelectMany(p => p.Match(tree))
            .Where(f => f.Kind == FileKind.Regular && tree.Find(f.Path) is { Size: > 0 } && Holds(tree, f.Path))
            .Select(f => Change(f.Path, TreeAction.Truncate));
        return deleted.Concat(removed).Concat(truncated);
    }

    private IEnumerable<TreeChange> Edits(ITreeView tree)
    {
        foreach (var (path, kind) in In.SelectMany(p => p.Match(tree)).Where(f => f.Kind != FileKind.Directory))
        {
            var before = tree.Text(path);
            if (before is null && (Content is null || kind != FileKind.Symlink))
            {
                continue; // a fifo or device; a link is replaced where the whole content is known
            }

            if (Content is null && !TextRule.IsText(before))
            {
                yield return Change(path, TreeAction.Report) with { Reason = "is no text of reasonable size and was left as it is" };
                continue;
            }

            var after = Content ?? Edit(before!, path);
            if (after == before)
            {
                continue;
            }

            yield return DeleteEmpty && after.Split('\n').All(l => l.Trim().Length == 0 || l.TrimStart().StartsWith('#'))
                ? Change(path, TreeAction.Delete) with { Before = before }
                : Change(path, TreeAction.Write) with { Before = before, After = after };
        }
    }

    private IEnumerable<TreeChange> Made(ITreeView tree)
    {
        if (Make is not null && ImagePath.Of(Make) is var path && tree.Find(path) is null && tree.Find(path.Parent) is { IsDirectory: true })
        {
            yield return Change(path, TreeAction.Write) with { After = Content ?? "" };
        }
    }

    private string Edit(string text, ImagePath path)
    {
        var kept = LineEdit.Drop(text, line => DropLines.Any(p => p.IsMatch(line, path)) || DropKeys.Contains(LineEdit.KeyOf(line)));
        var commented = LineEdit.Comment(kept, line => CommentLines.Any(p => p.IsMatch(line, path)));
        return SetKeys.Aggregate(commented, (all, set) =>
            LineEdit.Each(all, line => LineEdit.HasKey(line, LineEdit.KeyOf(set)) ? LineEdit.WithValue(line, set[(set.IndexOf('=') + 1)..]) : line));
    }

    private static IEnumerable<(ImagePath Path, FileKind Kind)> Children(ITreeView tree, PathPattern pattern) =>
        pattern.Match(tree).Where(d => d.Kind is FileKind.Directory or FileKind.Symlink)
            .SelectMany(d => tree.Entries(d.Path).Select(e => (d.Path.Join(e.Name), e.Kind)));

    private bool Holds(ITreeView tree, ImagePath path) => Holding is null || (tree.Text(path) is { } text && TextRule.IsText(text) && Holding.IsMatch(text, path));

    private static bool IsMask(ITreeView tree, (ImagePath Path, FileKind Kind) file) => file.Kind == FileKind.Symlink && tree.LinkTarget(file.Path) == "/dev/null";

    private TreeChange Change(ImagePath path, TreeAction kind) => new(Op, path, kind, About.Why);
}
