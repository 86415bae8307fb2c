using Allie.Files;

namespace Allie.Blandify.Rules;

/// <summary>
/// Disks of the captured PC become what any PC has: the root by label, no other local disk. Decided by mount point and type, never by
/// UUID (fstab(5)). Lines that stay are kept byte for byte.
/// </summary>
public sealed class FstabRule(string label) : IRule
{
    private static readonly ImagePath File = ImagePath.Of("etc/fstab");

    public string Op => "fstab";

    public RuleAbout About { get; } = new(
        "/ by label; swap and the EFI partition as any PC has them; other local disks become comments", "a line of another PC's disk stops the boot", RuleClass.Layout);

    public IEnumerable<TreeChange> Look(ITreeView tree)
    {
        if (tree.Find(ImagePath.Of("etc")) is null)
        {
            yield break;
        }

        var before = tree.Text(File);
        var after = FstabRewrite.Apply(before ?? "", label, path => tree.Find(path) is not null);
        if (after != before)
        {
            yield return new(Op, File, TreeAction.Write, "mounts of one PC's disks") { Before = before, After = after };
        }
    }
}
