using Allie.Overlays;

namespace Allie.Linux.Overlays;

/// <summary>What a run did, and the paths that it left as they are.</summary>
public sealed record ApplyResult(IReadOnlyList<OverlayStep> Done, IReadOnlyList<PathFault> Faults);
