using Allie.Files;
using Allie.Plans;

namespace Allie.Personalise;

/// <summary>
/// One thing that makes an image this PC's. It carries what is to be written, but never shows it: keys and password hashes go this way.
/// </summary>
public sealed record PersonalStep(string Item, PersonalAction Kind, ImagePath Path, string Reason) : IStep
{
    /// <summary>Rename: the old path in the image.</summary>
    public ImagePath From { get; init; }

    /// <summary>Copy, Convert: which of the sources, 0 for the first.</summary>
    public int Source { get; init; }

    /// <summary>Write: the new content, one byte per char. Link: the target. Generate: the key's type.</summary>
    public string Text { get; init; } = "";

    /// <summary>Build: the command, run in the image. Generate: more options of ssh-keygen.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Null: as the source, or the file that is there, has it; 0644 for a new one.</summary>
    public int? Permissions { get; init; }

    /// <summary>Copy: the owner in the image; null leaves the source's numbers.</summary>
    public (uint Uid, uint Gid)? Owner { get; init; }

    /// <summary>The SELinux label that the image's own policy gives to the path; null where it has no policy.</summary>
    public string? Label { get; init; }

    public string Action => Kind switch
    {
        PersonalAction.Copy => "copy",
        PersonalAction.Write => "write",
        PersonalAction.Convert => "convert",
        PersonalAction.Link => "link",
        PersonalAction.Rename => "rename",
        PersonalAction.Delete => "delete",
        PersonalAction.Directory => "make-directory",
        PersonalAction.Build => "build",
        _ => "generate",
    };

    public string Target => Path.ToString();

    public IEnumerable<KeyValuePair<string, string?>> Details =>
        [new("item", Item), new("from", Kind == PersonalAction.Rename ? From.ToString() : null)];
}
