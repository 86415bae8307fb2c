using Allie.Config;
using Allie.Slots;

namespace Allie.Linux.Slots;

/// <summary>Every slot of this PC with what is in it, and with what the others say about it. Call MountNamespace.Enter first.</summary>
public sealed class SlotSurvey(PcSettings settings)
{
    public IReadOnlyList<(SlotFacts Facts, SlotContent Content)> Look()
    {
        var contents = new SlotContents(settings);
        var found = new SlotFinder(settings).Find().Select(f => (Facts: f, Content: contents.Read(f))).Select(f => (Facts: f.Facts.With(f.Content), f.Content)).ToList();
        return [.. found.Select(f => (f.Facts with { NamedAsData = NamedAsData(f.Facts, found) }, f.Content))];
    }

    /// <summary>One slot by its name, or any block device by its path.</summary>
    public (SlotFacts Facts, SlotContent Content) Get(string nameOrDevice)
    {
        var one = new SlotFinder(settings).Get(nameOrDevice);
        var all = Look();
        return all.FirstOrDefault(f => f.Facts.DevicePath == one.DevicePath) is { Facts: not null } known
            ? known
            : Alone(one with { NamedAsData = NamedAsData(one, all) });
    }

    private (SlotFacts Facts, SlotContent Content) Alone(SlotFacts facts) =>
        new SlotContents(settings).Read(facts) is var content ? (facts.With(content), content) : default;

    private static IReadOnlyList<string> NamedAsData(SlotFacts slot, IEnumerable<(SlotFacts Facts, SlotContent Content)> all) =>
    [
        .. DataMounts.Of(slot, "the running system", SlotContents.OfRunningSystem()),
        .. all.Where(o => o.Facts.DevicePath != slot.DevicePath && !o.Facts.IsRunningRoot).SelectMany(o => DataMounts.Of(slot, "slot " + o.Facts.Name, o.Content)),
    ];
}
