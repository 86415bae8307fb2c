using Allie.Files;
using Allie.Overlays.Layers;
using Allie.Plans;

namespace Allie.Overlays;

/// <summary>One thing to do for one path.</summary>
/// <param name="Path">In the image.</param>
/// <param name="Do">What.</param>
/// <param name="Why">The reason, for people.</param>
/// <param name="Wanted">The layer's wish; null when it is withdrawn.</param>
/// <param name="SaveUndo">Copy what is there to undo first.</param>
/// <param name="Record">Note it in applied: all but NAME.allie-once.</param>
/// <param name="Withdraws">Counts for the brake: a file of ours goes because no layer has it any more.</param>
/// <param name="Later">It waits for a directory that comes back in this run: decided anew after that.</param>
public sealed record OverlayStep(
    ImagePath Path, OverlayAction Do, string Why, Wanted? Wanted, bool SaveUndo = false, bool Record = true, bool Withdraws = false, bool Later = false)
    : IStep
{
    public string Action => Do switch
    {
        OverlayAction.MakeDirectory => "make-directory",
        OverlayAction.SetMetadata => "set-metadata",
        OverlayAction.RemoveDirectory => "remove-directory",
        _ => Do.ToString().ToLowerInvariant(),
    };

    public string Target => Path.ToString();

    public string Reason => Why;

    public IEnumerable<KeyValuePair<string, string?>> Details => [new("layer", Wanted?.Layer)];
}
