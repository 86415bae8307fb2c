using Allie.Blandify.Table;
using Allie.Files;

namespace Allie.Blandify.Rules;

/// <summary>A rule that understands a text: a pure function for each file that its patterns find.</summary>
/// <param name="op">Its name.</param>
/// <param name="about">What is told of it.</param>
/// <param name="files">Patterns from the image's root.</param>
/// <param name="edit">The new text; the same text for no change, null when the file is to go.</param>
public sealed class TextRule(string op, RuleAbout about, string[] files, Func<ImagePath, string, ITreeView, string?> edit) : IRule
{
    private readonly PathPattern[] _files = [.. files.Select(PathPattern.Parse)];

    public string Op => op;

    public RuleAbout About => about;

    /// <summary>A file that is reached by a symlink is edited where it is (etc/sysconfig/grub); otherwise links are passed over.</summary>
    public bool Follow { get; init; }

    /// <summary>Mode of what is written; null keeps it.</summary>
    public int? Permissions { get; init; }

    /// <summary>What cannot be mended, only told.</summary>
    public Func<ImagePath, string, ITreeView, IEnumerable<string>> Told { get; init; } = (_, _, _) => [];

    public IEnumerable<TreeChange> Look(ITreeView tree)
    {
        var seen = new HashSet<ImagePath>();
        foreach (var (path, kind) in _files.SelectMany(p => p.Match(tree)))
        {
            var at = kind == FileKind.Symlink && Follow ? tree.Follow(path) : path;
            if (at is not { } file || tree.Text(file) is not { } before || !seen.Add(file))
            {
                continue;
            }

            if (before.Contains('\0'))
            {
                yield return new(op, file, TreeAction.Report, "holds NUL bytes and was left as it is");
                continue;
            }

            foreach (var said in Told(file, before, tree))
            {
                yield return new(op, file, TreeAction.Report, said);
            }

            var after = edit(file, before, tree);
            if (after is null)
            {
                yield return new(op, file, TreeAction.Delete, about.Why) { Before = before };
            }
            else if (after != before)
            {
                yield return new(op, file, TreeAction.Write, about.Why) { Before = before, After = after, Permissions = Permissions };
            }
        }
    }
}
