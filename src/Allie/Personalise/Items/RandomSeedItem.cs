using Allie.Blandify;
using Allie.Blandify.Table;

namespace Allie.Personalise.Items;

/// <summary>A stored seed is never carried, and one that a not quite bland image brings goes: two PCs would begin with the same numbers.</summary>
internal sealed class RandomSeedItem : IPersonalItem
{
    private static readonly IReadOnlyList<DataRule> Seeds = [.. RuleTables.Rest.Where(r => r.Op is "rnd-seed" or "sysd-cred")];

    public string Name => "random-seed";

    public string What => "stored random seeds of the image go; none is carried";

    public void Look(PersonalFacts facts, PersonalDraft draft)
    {
        // One that is this PC's already has made its own seed since.
        if (MachineIdItem.IdOf(facts.New) is { } id && id == MachineIdItem.Wanted(facts))
        {
            return;
        }

        foreach (var change in Seeds.SelectMany(r => r.Look(facts.New)).Where(c => c.Kind == TreeAction.Delete))
        {
            draft.Delete(change.Path, "a seed that every PC with this image would have");
        }
    }
}
