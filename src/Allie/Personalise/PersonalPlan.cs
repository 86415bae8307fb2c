using Allie.Personalise.Items;
using Allie.Plans;

namespace Allie.Personalise;

/// <summary>Decides what makes a fresh image the one of this PC.</summary>
public static class PersonalPlan
{
    /// <summary>
    /// In the order in which they are carried out. The seed goes first, while nothing else is there yet to tell a fresh image from one that
    /// has run; fstab goes late, as its root line says that the rest is done; what the image's own tool makes needs all of it.
    /// </summary>
    public static IReadOnlyList<IPersonalItem> Items { get; } =
    [
        new RandomSeedItem(),
        new HostNameItem(),
        new MachineIdItem(),
        new HostKeysItem(),
        new NetworkItem(),
        new UdevNamesItem(),
        new UsersItem(),
        new CarryItem(),
        new SettingsItem(),
        new BootNamesItem(),
        new CrypttabItem(),
        new FstabItem(),
        new InitramfsItem(),
    ];

    public static bool IsHostName(string name) => HostNameItem.IsValid(name);

    public static Plan<PersonalStep> Make(PersonalFacts facts)
    {
        var drafts = Items.Where(i => !facts.Choices.Skip.Contains(i.Name)).Select(item =>
        {
            var draft = new PersonalDraft(facts, item.Name);
            item.Look(facts, draft);
            return draft;
        }).ToList();
        var all = drafts.SelectMany(d => d.Steps).ToList();

        // The fstab is written also over an overlay's: with another root line the image would not start.
        var overlays = all.Where(s => s.Item != FstabItem.ItemName && facts.IsOverlays(s.Path)).ToList();
        var steps = all.Except(overlays).ToList();
        var notes = drafts.SelectMany(d => d.Notes).Concat(overlays.Select(s => $"{s.Path} is the overlay's and stays"));
        return SelinuxLabels.Add(facts.New, new(steps, [.. notes]));
    }
}
