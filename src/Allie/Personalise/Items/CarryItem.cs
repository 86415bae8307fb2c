using Allie.Files;

namespace Allie.Personalise.Items;

/// <summary>Files that join this PC to something: a domain, a configuration server, a storage network.</summary>
internal sealed class CarryItem : IPersonalItem
{
    public string Name => "carry";

    public string What => "keytab, adjtime and the other files of the carry list";

    public void Look(PersonalFacts facts, PersonalDraft draft)
    {
        var lists = CarryList.Of(facts.Sources.Append(facts.New));
        foreach (var path in CarryList.Usual.Where(p => facts.New.Find(p.Parent) is { IsDirectory: true } && !lists.Wanted.Contains(p)))
        {
            Carry(facts, draft, path, lists, "joins this PC to its domain or servers");
        }

        foreach (var path in lists.Wanted)
        {
            Carry(facts, draft, path, lists, "on the carry list");
        }
    }

    /// <summary>From the first source that has it.</summary>
    private static void Carry(PersonalFacts facts, PersonalDraft draft, ImagePath path, CarryList lists, string reason)
    {
        if (lists.Unwanted.Any(path.IsAtOrBelow))
        {
            return;
        }

        var source = Enumerable.Range(0, facts.Sources.Count).FirstOrDefault(i => facts.Sources[i].Find(path) is not null, -1);
        if (source >= 0)
        {
            draft.Copy(source, path, reason);
        }
    }
}
