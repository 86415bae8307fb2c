using Allie.Files;

namespace Allie.Blandify.Rules.Identity;

/// <summary>The name under which a machine logs in to iSCSI disks. Debian's daemon refuses to start without the file and makes a name when it asks for one; others make the file.</summary>
public sealed class IscsiNameRule : IRule
{
    private const string MakeOne = "GenerateName=yes\n";
    private static readonly ImagePath File = ImagePath.Of("etc/iscsi/initiatorname.iscsi");

    public string Op => "iscsi-name";

    public RuleAbout About { get; } = new("the iSCSI name goes; Debian's file asks for a new one", "two PCs with one name take each other's sessions");

    public IEnumerable<TreeChange> Look(ITreeView tree)
    {
        if (tree.Find(File) is not { IsDirectory: false } facts)
        {
            yield break;
        }

        if (tree.Find(ImagePath.Of("etc/debian_version")) is null)
        {
            yield return new(Op, File, TreeAction.Delete, About.Why) { Before = tree.Text(File) };
        }
        else if (!facts.IsRegular || tree.Text(File) != MakeOne)
        {
            yield return new(Op, File, TreeAction.Write, About.Why) { Before = tree.Text(File), After = MakeOne, Permissions = 0x180 };
        }
    }
}
