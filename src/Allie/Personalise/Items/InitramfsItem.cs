using Allie.Blandify.Rules.Initramfs;
using Allie.Files;

namespace Allie.Personalise.Items;

/// <summary>
/// An initramfs that was made for the captured PC is made anew here, by the image's own tool: blandify runs nothing of an image, and a PC runs it anyhow. After
/// fstab and crypttab, which the tools read.
/// </summary>
internal sealed class InitramfsItem : IPersonalItem
{
    private readonly BootNamesItem _names = new();

    public string Name => "initramfs";

    public string What => "one that was made for the captured PC, as blandify has noted (--initramfs), is made anew by the image's own tool";

    public void Look(PersonalFacts facts, PersonalDraft draft)
    {
        if (facts.New.Text(InitramfsMark.File) is not { } mark)
        {
            return;
        }

        // Below the placeholder until the names are this PC's, in the same plan or an earlier one.
        var id = facts.Choices.Skip.Contains(_names.Name) ? null : MachineIdItem.Wanted(facts);
        var isDone = true;
        foreach (var path in InitramfsMark.Parse(mark))
        {
            var renamed = id is null ? path : ImagePath.FromRaw(path.Raw.Replace(BootNamesItem.Placeholder, id));
            if (new[] { path, renamed }.All(p => facts.New.Find(p) is not { IsRegular: true }))
            {
                continue; // its kernel is gone
            }

            if (InitramfsBuild.Words(facts.New, renamed) is { } words)
            {
                draft.Add(new("", PersonalAction.Build, renamed, "it was made for another PC: " + string.Join(' ', words)) { Words = words });
            }
            else
            {
                isDone = false;
                draft.Note($"{renamed} was made for another PC, and the image has no known tool that makes it anew, or not the kernel's modules: it may not start here");
            }
        }

        if (isDone)
        {
            draft.Delete(InitramfsMark.File, "nothing is left to make anew");
        }
    }
}
