using Allie.Files;
using Allie.Plans;

namespace Allie.Blandify;

/// <summary>
/// One thing to change in a tree. Before and After are texts to show (one byte per char), null where the content is secret or there is
/// none. Texts that must never be shown (a private key) are in neither.
/// </summary>
public sealed record TreeChange(string Op, ImagePath Path, TreeAction Kind, string Reason) : IStep
{
    public string? Before { get; init; }

    /// <summary>New content of the file, target of the symlink, or new path.</summary>
    public string? After { get; init; }

    /// <summary>Mode of the file; null keeps the one it has (0644 for a new file).</summary>
    public int? Permissions { get; init; }

    /// <summary>The class of the rule: what is only hygiene need not be gone before an image is published.</summary>
    public RuleClass Class { get; init; }

    public string Action => Kind switch
    {
        TreeAction.Write => "write",
        TreeAction.Link => "link",
        TreeAction.Truncate => "truncate",
        TreeAction.RemoveTree => "remove-tree",
        TreeAction.MakeDirectory => "make-directory",
        TreeAction.Rename => "rename",
        TreeAction.Report => "report",
        _ => "delete",
    };

    public string Target => Path.ToString();

    public IEnumerable<KeyValuePair<string, string?>> Details => [new("op", Op), new("before", Before), new("after", After)];
}
