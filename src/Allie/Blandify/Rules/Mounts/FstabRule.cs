using Allie.Files;

namespace Allie.Blandify.Rules.Mounts;

/// <summary>Disks of the captured PC become what any PC has: the root by label, no other local disk.</summary>
public sealed class FstabRule(FstabTarget target) : IRule
{
    private static readonly ImagePath File = ImagePath.Of("etc/fstab");

    public string Op => "fstab";

    public RuleAbout About { get; } = new(
        "/ by label, one swap by label; the EFI partition becomes a mark, /boot part of /, other local disks comments",
        "mounts of one PC's disks", RuleClass.Layout);

    public IEnumerable<TreeChange> Look(ITreeView tree)
    {
        if (tree.Find(ImagePath.Of("etc")) is null)
        {
            yield break;
        }

        var before = tree.Text(File);
        var after = FstabRewrite.Apply(before ?? "", target with { HasSystemd = SystemKind.HasSystemd(tree) }, path => tree.Find(path) is not null, out var notes);
        if (after != before)
        {
            yield return new(Op, File, TreeAction.Write, About.Why) { Before = before, After = after };
        }

        foreach (var note in notes)
        {
            yield return new(Op, File, TreeAction.Report, note);
        }
    }
}
