using Allie.Files;
using Allie.Overlays;
using Allie.Overlays.Templates;

namespace Allie.Fleet;

/// <summary>How the last run over one image of a PC ended.</summary>
/// <param name="Name">The image.</param>
/// <param name="Slot">Empty for the running one.</param>
/// <param name="Result">ok, changed or failed.</param>
/// <param name="Counts">managed, changed, restored, left, failed, undo_from_adoption.</param>
/// <param name="Facts">What templates of this image may name.</param>
public sealed record ImageReport(
    string Name, string Slot, bool IsActive, int Generation, string Result, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<PathFault> Failed, TemplateValues Facts)
{
    /// <summary>What packages left beside overlay files of the image: etc/motd.rpmnew.</summary>
    public IReadOnlyList<ImagePath> NewDefaults { get; init; } = [];
}
