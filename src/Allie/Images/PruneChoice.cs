using Allie.Plans;

namespace Allie.Images;

/// <summary>What is known of one image for a prune. InUse holds each generation that somebody needs, with who.</summary>
/// <param name="Image">Its name.</param>
/// <param name="Generations">All there are, in order.</param>
/// <param name="Current">What PCs get; null for none.</param>
/// <param name="Held">The image is held.</param>
/// <param name="Tags">Tag and generation.</param>
/// <param name="InUse">Who needs which generation.</param>
public sealed record PruneFacts(
    string Image, IReadOnlyList<int> Generations, int? Current, bool Held,
    IReadOnlyList<(string Tag, int Generation)> Tags, IReadOnlyList<(string Who, int Generation)> InUse);

/// <summary>Which generations may go. What keeps one is said for each that is kept although it is old.</summary>
public static class PruneChoice
{
    /// <param name="facts">One image.</param>
    /// <param name="keep">So many of the newest stay.</param>
    /// <param name="unreadable">Reports that could not be read: what those PCs run is not known, so nothing goes.</param>
    public static Plan<PlainStep> Decide(PruneFacts facts, int keep, IReadOnlyList<string> unreadable)
    {
        var newest = facts.Generations.OrderDescending().Take(Math.Max(keep, 1)).ToHashSet();
        var old = facts.Generations.Where(g => !newest.Contains(g)).ToList();
        if (old.Count > 0 && unreadable.Count > 0)
        {
            return new([], [$"{facts.Image}: nothing is pruned, as {unreadable[0]} cannot be read{(unreadable.Count > 1 ? $" (and {unreadable.Count - 1} more)" : "")}: what that PC runs is not known"]);
        }

        if (old.Count > 0 && facts.Held)
        {
            return new([], [$"{facts.Image}: nothing is pruned, as it is held"]);
        }

        var steps = new List<PlainStep>();
        var notes = new List<string>();
        foreach (var generation in old)
        {
            if (Reason(facts, generation) is { } reason)
            {
                notes.Add($"{facts.Image}@{generation} stays: {reason}");
            }
            else
            {
                steps.Add(new("remove", $"{facts.Image}@{generation}", $"older than the {keep} newest; not current, not tagged, reported by no PC"));
            }
        }

        return new(steps, notes);
    }

    /// <summary>Why a generation cannot go now; null when it can.</summary>
    public static string? Reason(PruneFacts facts, int generation) =>
        facts.Current == generation ? "it is current"
        : facts.Tags.Where(t => t.Generation == generation).Select(t => t.Tag).ToList() is { Count: > 0 } tags ? $"it is tagged {string.Join(", ", tags)}"
        : facts.InUse.Where(u => u.Generation == generation).Select(u => u.Who).ToList() is { Count: > 0 } who ? $"{who[0]} has it{(who.Count > 1 ? $", and {who.Count - 1} more" : "")}"
        : null;
}
