using Allie.Files;

namespace Allie.Overlays;

/// <summary>A place in an image that a run leaves alone with all below it: what belongs there is on a file system that is not at hand.</summary>
/// <param name="Point">The mount point.</param>
/// <param name="Why">For people.</param>
/// <param name="IsOthers">The running image applies what is there: nothing is amiss, and nothing is said.</param>
public sealed record LeftPlace(ImagePath Point, string Why, bool IsOthers);
