using Allie.Blandify;
using Allie.Files;

namespace Allie.Personalise.Items;

/// <summary>Names of network cards that were fixed on this PC: generated udev rules of older systems, .link files of systemd.</summary>
internal sealed class UdevNamesItem : IPersonalItem
{
    private static readonly ImagePath Rules = ImagePath.Of("etc/udev/rules.d");
    private static readonly ImagePath Links = ImagePath.Of("etc/systemd/network");

    public string Name => "udev-names";

    public string What => "fixed names of network cards, where the PC has them";

    public void Look(PersonalFacts facts, PersonalDraft draft)
    {
        var old = facts.Old;
        foreach (var path in Named(old, Rules, n => n.Contains("persistent-net") || n.Contains("net_persistent_names") || n.Contains("persistent-ipoib"))
            .Concat(Named(old, Links, n => n.EndsWith(".link", StringComparison.Ordinal)).Where(p => old.Text(p)!.Contains("MACAddress="))))
        {
            draft.Copy(0, path, "names of this PC's network cards");
        }
    }

    // Only regular ones: a link to /dev/null is a way to switch the generator off, which the image may have or not.
    private static IEnumerable<ImagePath> Named(ITreeView tree, ImagePath directory, Func<string, bool> isOne) =>
        tree.Names(directory).Where(isOne).Select(directory.Join).Where(p => tree.Find(p) is { IsRegular: true, Size: > 0 });
}
