namespace Allie.Slots;

/// <summary>A slot with what it holds, as far as the order of choice looks at it.</summary>
/// <param name="Facts">The partition.</param>
/// <param name="Marker">Of the complete image in it; null when there is none.</param>
/// <param name="InterruptedImage">The image that a prep of ours was putting there when it was ended; null otherwise.</param>
public sealed record SlotCandidate(SlotFacts Facts, SlotMarker? Marker = null, string? InterruptedImage = null);
