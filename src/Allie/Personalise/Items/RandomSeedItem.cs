using Allie.Blandify;
using Allie.Blandify.Rules;

namespace Allie.Personalise.Items;

/// <summary>A stored seed is never carried, and one that a not quite bland image brings goes: two PCs would begin with the same numbers.</summary>
internal sealed class RandomSeedItem : IPersonalItem
{
    public string Name => "random-seed";

    public string What => "stored random seeds of the image go; none is carried";

    public void Look(PersonalFacts facts, PersonalDraft draft)
    {
        // One that is this PC's already has made its own seed since.
        if (MachineIdItem.IdOf(facts.New) is { } id && id == MachineIdItem.Wanted(facts))
        {
            return;
        }

        foreach (var change in new RandomSeedRule().Look(facts.New).Where(c => c.Kind == TreeAction.Delete))
        {
            draft.Delete(change.Path, "a seed that every PC with this image would have");
        }
    }
}
