using Allie.Plans;

namespace Allie.Overlays;

/// <summary>What a run will do, what it will not and why.</summary>
/// <param name="Steps">Parents before what is in them.</param>
/// <param name="Faults">Paths left as they are.</param>
/// <param name="Managed">How many files, links and whiteouts applied holds now.</param>
public sealed record OverlayPlan(IReadOnlyList<OverlayStep> Steps, IReadOnlyList<PathFault> Faults, int Managed)
{
    /// <summary>How many of ours would go because no layer has them any more.</summary>
    public int Withdrawn => Steps.Count(s => s.Withdraws);

    public bool NeedsAnotherRound => Steps.Any(s => s.Later);

    public Plan<OverlayStep> AsPlan() => new(Steps);
}
