using Allie.Errors;

namespace Allie.Slots;

/// <summary>
/// Which slot a new image goes to: one where this same image was interrupted (its bytes are there already), else an empty one, else the
/// one whose image is oldest. The lowest name when they are alike, so that every PC of a kind chooses the same.
/// </summary>
public static class SlotChoice
{
    /// <param name="candidates">Every slot of the PC.</param>
    /// <param name="image">What is to be put there.</param>
    /// <param name="wanted">The slot that the user named; null to choose.</param>
    /// <exception cref="UserError">Exit 2: with every slot's reasons.</exception>
    public static SlotCandidate Pick(IReadOnlyList<SlotCandidate> candidates, string image, string? wanted, SlotNeeds needs)
    {
        if (candidates.Count == 0)
        {
            throw UserError.Refused(
                "this PC has no slot", "name a spare GPT partition allie-NAME (sfdisk --part-label), or put its PARTUUID under [slots.NAME] in allie.toml");
        }

        return wanted is null ? PickSpare(candidates, image, needs) : PickNamed(candidates, wanted, needs);
    }

    /// <summary>Spare slots in the order of choice.</summary>
    public static IReadOnlyList<SlotCandidate> Order(IEnumerable<SlotCandidate> candidates, string image, SlotNeeds needs) =>
        [.. candidates.Where(c => SlotRules.Refusals(c.Facts, needs).Count == 0)
            .OrderBy(c => Rank(c, image)).ThenBy(c => c.Marker?.PreparedAt ?? "", StringComparer.Ordinal).ThenBy(c => c.Facts.Name, StringComparer.Ordinal)];

    private static int Rank(SlotCandidate candidate, string image) =>
        candidate.InterruptedImage == image ? 0 : candidate.Marker is null ? 1 : 2;

    private static SlotCandidate PickSpare(IReadOnlyList<SlotCandidate> candidates, string image, SlotNeeds needs) =>
        Order(candidates, image, needs) is [var first, ..]
            ? first
            : throw UserError.Refused(
                "no slot is spare: " + string.Join("; ", candidates.Select(c => $"{c.Facts.Name} {SlotRules.Refusals(c.Facts, needs)[0].Sentence}")), "all reasons: allie slot check");

    private static SlotCandidate PickNamed(IReadOnlyList<SlotCandidate> candidates, string wanted, SlotNeeds needs)
    {
        var named = candidates.FirstOrDefault(c => c.Facts.Name == wanted)
            ?? throw UserError.Refused($"this PC has no slot '{wanted}'", "its slots: " + string.Join(", ", candidates.Select(c => c.Facts.Name)));
        Require(named.Facts, SlotRules.Refusals(named.Facts, needs));
        return named;
    }

    /// <summary>Goes on only when there are no refusals; otherwise tells every one.</summary>
    /// <exception cref="UserError">Exit 2.</exception>
    public static void Require(SlotFacts facts, IReadOnlyList<SlotRefusal> refusals)
    {
        if (refusals.Count > 0)
        {
            throw UserError.Refused(
                $"slot {facts.Name} ({facts.DevicePath}) {string.Join("; it ", refusals.Select(r => r.Sentence))} [{string.Join(", ", refusals.Select(r => r.Rule))}]",
                string.Join("; ", refusals.Select(r => r.Hint).Distinct()));
        }
    }
}
