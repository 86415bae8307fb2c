using Allie.Files;

namespace Allie.Blandify.Rules.Identity;

/// <summary>
/// An existing, empty, read-only machine-id: the one state that works on a root mounted read-only and does not count as a first boot,
/// which would enable services again that were disabled (machine-id(5)).
/// </summary>
public sealed class MachineIdRule(MachineIdState state) : IRule
{
    private const int ReadOnly = 0x124; // 0444
    private static readonly ImagePath File = ImagePath.Of("etc/machine-id");

    public string Op => "machine-id";

    public RuleAbout About { get; } = new("an existing, empty, read-only file", "identity of one PC: with one id all are the same to DHCP, journals and licences");

    public IEnumerable<TreeChange> Look(ITreeView tree)
    {
        if (state == MachineIdState.Keep || tree.Find(File.Parent) is null)
        {
            yield break; // the second is no system's tree
        }

        var facts = tree.Find(File);
        var wanted = state == MachineIdState.Uninitialized && SystemKind.HasSystemd(tree) ? "uninitialized\n" : "";
        if ((facts is not null || SystemKind.HasSystemd(tree)) && facts is not { IsDirectory: true } && (facts is not { IsRegular: true, Permissions: ReadOnly } || tree.Text(File) != wanted))
        {
            yield return new(Op, File, TreeAction.Write, "identity of one PC") { Before = tree.Text(File), After = wanted, Permissions = ReadOnly };
        }
    }
}
