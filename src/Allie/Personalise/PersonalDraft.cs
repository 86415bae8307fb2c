using Allie.Files;

namespace Allie.Personalise;

/// <summary>Collects an item's steps, without those that would change nothing: a second run has an empty plan.</summary>
public sealed class PersonalDraft(PersonalFacts facts, string item)
{
    private readonly List<PersonalStep> _steps = [];
    private readonly List<string> _notes = [];

    public IReadOnlyList<PersonalStep> Steps => _steps;

    public IReadOnlyList<string> Notes => _notes;

    public void Note(string note) => _notes.Add(note);

    public void Add(PersonalStep step) => _steps.Add(step with { Item = item });

    public void Write(ImagePath path, string text, string reason, int? permissions = null)
    {
        if (facts.New.Text(path) != text || (permissions is { } mode && facts.New.Find(path)?.Permissions != mode))
        {
            Add(new(item, PersonalAction.Write, path, reason) { Text = text, Permissions = permissions });
        }
    }

    public void Delete(ImagePath path, string reason)
    {
        if (facts.New.Find(path) is { IsDirectory: false })
        {
            Add(new(item, PersonalAction.Delete, path, reason));
        }
    }

    /// <summary>A file or link, or a directory with all in it. Owners are found by their names in the image.</summary>
    /// <param name="source">Which source.</param>
    /// <param name="path">In the source and in the image.</param>
    /// <param name="reason">Why.</param>
    /// <param name="permissions">Null: the source's. Given: it is a secret of root's, and root owns it.</param>
    public void Copy(int source, ImagePath path, string reason, int? permissions = null)
    {
        var tree = facts.Sources[source];
        if (tree.Find(path) is not { Kind: FileKind.Directory or FileKind.Regular or FileKind.Symlink } from)
        {
            return;
        }

        var owner = permissions is null ? OwnerNames.Map(tree, facts.New, from.Uid, from.Gid) : (0, 0);
        var there = facts.New.Find(path);
        if (from.IsDirectory ? there is null : !IsSame(source, path, from, there, permissions, owner))
        {
            Add(new(item, PersonalAction.Copy, path, reason) { Source = source, Permissions = permissions, Owner = owner });
        }

        foreach (var name in from.IsDirectory ? tree.Names(path) : [])
        {
            Copy(source, path.Join(name), reason, permissions);
        }
    }

    private bool IsSame(int source, ImagePath path, FileFacts from, FileFacts? there, int? permissions, (uint Uid, uint Gid) owner) =>
        there is { } now && now.Kind == from.Kind && now.Uid == owner.Uid && now.Gid == owner.Gid
        && (from.IsSymlink
            ? facts.Sources[source].LinkTarget(path) == facts.New.LinkTarget(path)
            : now.Permissions == (permissions ?? from.Permissions) && facts.Sources[source].Text(path) == facts.New.Text(path));
}
