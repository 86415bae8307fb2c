using Allie.Files;

namespace Allie.Personalise.Items;

/// <summary>The root line, and what this PC mounts besides: swap, data, and the EFI partition where the image has a place for it.</summary>
internal sealed class FstabItem : IPersonalItem
{
    internal const string ItemName = "fstab";
    private static readonly ImagePath File = ImagePath.Of("etc/fstab");

    public string Name => ItemName;

    public string What => "the root's label, this PC's swap by UUID, its data mounts with nofail";

    public void Look(PersonalFacts facts, PersonalDraft draft)
    {
        var before = facts.New.Text(File) ?? "";
        var text = facts.Label is { } label ? Fstab.WithRoot(before, label, facts.FileSystemType) : before;
        if (!facts.IsOverlays(File))
        {
            var mounts = OwnMounts.Of(facts.Old.Text(File) ?? "", text, facts);
            text = Fstab.WithOwn(text, mounts.Lines);
            foreach (var note in mounts.Notes)
            {
                draft.Note(note);
            }

            foreach (var point in mounts.Points.Where(p => facts.New.Find(p) is null))
            {
                draft.Add(new("", PersonalAction.Directory, point, "mount point"));
            }
        }
        else
        {
            draft.Note($"{File} is the overlay's and stays, but for the label of its root line");
        }

        if (text != before)
        {
            draft.Write(File, text, "label of the root file system, swap and data mounts of this PC");
        }
    }
}
