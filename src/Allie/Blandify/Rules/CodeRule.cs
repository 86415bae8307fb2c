namespace Allie.Blandify.Rules;

/// <summary>A rule that is one function of the tree.</summary>
public sealed class CodeRule(string op, RuleAbout about, Func<ITreeView, IEnumerable<TreeChange>> look) : IRule
{
    public string Op => op;

    public RuleAbout About => about;

    public IEnumerable<TreeChange> Look(ITreeView tree) => look(tree);
}
