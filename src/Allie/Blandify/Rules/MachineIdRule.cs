using Allie.Files;

namespace Allie.Blandify.Rules;

/// <summary>
/// An existing, empty, read-only machine-id: the one state that works on a root mounted read-only and does not count as a first boot,
/// which would enable services again that were disabled (machine-id(5)). The bus's own copy must go with it: systemd would adopt it.
/// </summary>
public sealed class MachineIdRule : IRule
{
    private const int ReadOnly = 0x124; // 0444
    private static readonly ImagePath File = ImagePath.Of("etc/machine-id");
    private static readonly ImagePath BusFile = ImagePath.Of("var/lib/dbus/machine-id");

    public string Op => "machine-id";

    public RuleAbout About { get; } = new(
        "an existing, empty, read-only file", "with one id all PCs are the same to DHCP, journals and licences");

    public IEnumerable<TreeChange> Look(ITreeView tree)
    {
        var systemd = SystemKind.HasSystemd(tree);
        var facts = tree.Find(File);
        if ((facts is not null || systemd) && facts is not { IsRegular: true, Size: 0, Permissions: ReadOnly })
        {
            yield return new(Op, File, TreeAction.Write, "identity of one PC")
            {
                Before = tree.Text(File), After = "", Permissions = ReadOnly,
            };
        }

        if (tree.Find(BusFile) is { IsSymlink: false })
        {
            yield return systemd
                ? new(Op, BusFile, TreeAction.Link, "a second copy of the machine-id") { Before = tree.Text(BusFile), After = "/etc/machine-id" }
                : new TreeChange(Op, BusFile, TreeAction.Delete, "a second copy of the machine-id") { Before = tree.Text(BusFile) };
        }
    }
}
