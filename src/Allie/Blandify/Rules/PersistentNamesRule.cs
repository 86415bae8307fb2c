using Allie.Files;

namespace Allie.Blandify.Rules;

/// <summary>udev rules that its generators wrote for one PC's network cards and drives (systems before systemd 197).</summary>
public sealed class PersistentNamesRule : IRule
{
    private static readonly ImagePath Directory = ImagePath.Of("etc/udev/rules.d");

    private static readonly string[] Generated =
    [
        "70-persistent-net.rules", "70-persistent-cd.rules", "z25_persistent-net.rules", "z25_persistent-cd.rules", "30-net_persistent_names.rules",
        "60-net_persistent_names.rules",
    ];

    public string Op => "udev-names";

    public RuleAbout About { get; } = new(
        "names that udev gave to one PC's network cards and drives go", "another PC's only card would be eth1", RuleClass.Hardware);

    // Only regular files: a link to /dev/null is an administrator's way to switch the generator off.
    public IEnumerable<TreeChange> Look(ITreeView tree) =>
        Generated.Select(Directory.Join).Where(p => tree.Find(p) is { IsRegular: true, Size: > 0 })
            .Select(p => new TreeChange(Op, p, TreeAction.Delete, "names of one PC's network cards") { Before = tree.Text(p) });
}
