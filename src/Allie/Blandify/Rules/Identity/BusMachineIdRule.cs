using Allie.Files;

namespace Allie.Blandify.Rules.Identity;

/// <summary>
/// The bus's own copy of the machine-id. systemd would adopt it when the first one is empty; an empty copy breaks dbus-uuidgen. So it is a
/// link, as systemd's tmpfiles make it, and on older systems it is missing.
/// </summary>
public sealed class BusMachineIdRule(MachineIdState state) : IRule
{
    private static readonly ImagePath File = ImagePath.Of("var/lib/dbus/machine-id");

    public string Op => "machine-id-dbus";

    public RuleAbout About { get; } = new("a link to etc/machine-id (systemd), or none", "a second copy of the machine-id would be taken for the first");

    public IEnumerable<TreeChange> Look(ITreeView tree)
    {
        if (state == MachineIdState.Keep || tree.Find(File) is not { IsSymlink: false, IsDirectory: false })
        {
            yield break;
        }

        yield return SystemKind.HasSystemd(tree)
            ? new(Op, File, TreeAction.Link, "a second copy of the machine-id") { Before = tree.Text(File), After = "/etc/machine-id" }
            : new TreeChange(Op, File, TreeAction.Delete, "a second copy of the machine-id") { Before = tree.Text(File) };
    }
}
