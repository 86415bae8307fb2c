namespace Allie.Blandify;

/// <summary>
/// One thing that makes a tree one machine's own, and how to take it out. A rule looks and answers with changes; a tree on which
/// they were carried out gets the answer "none" (idempotent). It sees the tree as the rules before it leave it.
/// </summary>
public interface IRule
{
    /// <summary>Its name in reports and switches: "fstab", "ssh-hostkeys".</summary>
    string Op { get; }

    RuleAbout About { get; }

    IEnumerable<TreeChange> Look(ITreeView tree);
}
