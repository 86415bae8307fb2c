using Allie.Blandify;
using Allie.Files;

namespace Allie.Personalise.Items;

/// <summary>
/// Kernels of an image are filed under a placeholder where kernel-install(8) and dracut file them under the machine-id: they get the PC's,
/// so that the next kernel update finds and removes them. And where the label is not the image's name, the boot files in the image say so.
/// </summary>
internal sealed class BootNamesItem : IPersonalItem
{
    /// <summary>What blandify puts in the place of a machine-id in names below /boot.</summary>
    internal const string Placeholder = CapturedPc.PlaceholderId;

    private static readonly ImagePath[] Tops = [.. new[] { "boot", "boot/efi", "efi" }.Select(ImagePath.Of)];

    private static readonly ImagePath[] Texts =
    [
        .. new[]
        {
            "boot/grub2/grub.cfg", "boot/grub/grub.cfg", "boot/grub2/grubenv", "boot/grub/grubenv", "boot/grub/grub.conf", "boot/grub/menu.lst",
            "etc/kernel/cmdline", "etc/default/grub",
        }.Select(ImagePath.Of),
    ];

    public string Name => "boot-names";

    public string What => "kernels filed under the image's placeholder get the PC's machine-id; the label in boot files of the image";

    public void Look(PersonalFacts facts, PersonalDraft draft)
    {
        var id = MachineIdItem.Wanted(facts);
        var labels = BootLabel.Former(facts);
        string Renamed(string text) => id is null ? text : text.Replace(Placeholder, id);
        foreach (var path in Tops.SelectMany(top => Files(facts.New, top, inEntry: false)))
        {
            var to = ImagePath.FromRaw(Renamed(path.Raw));
            if (path.Parent.Name == "entries" && path.Name.EndsWith(".conf", StringComparison.Ordinal) && facts.New.Text(path) is { } entry)
            {
                // Written first under its new name: a kill between the two leaves both, and the next run takes the old one away.
                draft.Write(to, BootLabel.Put(Renamed(entry), labels, facts.Label), "boot entry of this PC");
                if (to != path)
                {
                    draft.Delete(path, "it has this PC's id now");
                }
            }
            else if (to != path)
            {
                draft.Add(new("", PersonalAction.Rename, to, "filed under this PC's id") { From = path });
            }
        }

        foreach (var path in Texts)
        {
            if (facts.New.Text(path) is { } text)
            {
                draft.Write(path, BootLabel.Put(Renamed(text), labels, facts.Label), "label or id of this PC");
            }
        }
    }

    /// <summary>Entries, and files that have the placeholder in their path. Not all of /boot: grub's modules are many.</summary>
    private static IEnumerable<ImagePath> Files(ITreeView tree, ImagePath directory, bool inEntry)
    {
        foreach (var path in tree.Names(directory).Select(directory.Join))
        {
            var named = inEntry || path.Name.Contains(Placeholder);
            if (tree.Find(path) is { IsDirectory: true })
            {
                foreach (var below in named || path.Name is "loader" or "entries" ? Files(tree, path, named) : [])
                {
                    yield return below;
                }
            }
            else if (named || directory.Name == "entries")
            {
                yield return path;
            }
        }
    }
}
