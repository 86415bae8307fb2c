using Allie.Errors;
using Allie.Images;
using Allie.Slots;

namespace Allie.Prep;

/// <summary>
/// Which way an image takes into a slot: the one that moves least, of those that this PC allows. On a network of its own a full fetch is
/// as fast as a clone (bench/fetch.sh); on one that many PCs share, 1/200 of its bytes decides.
/// </summary>
public static class StrategyChoice
{
    /// <summary>A seed that people kept their own data on is cheaper to leave than to copy and delete.</summary>
    private const long MostTimesTheImage = 2;

    private const long SmallSeed = 256 << 20;

    /// <summary>The file systems that can be copied by blocks and then made different ones.</summary>
    private static readonly string[] Cloneable = ["ext4", "xfs"];

    /// <param name="target">What goes where.</param>
    /// <param name="slot">The slot with what it holds now.</param>
    /// <param name="fileSystem">The type that is wanted.</param>
    /// <param name="facts">The image's, as far as they are known.</param>
    /// <param name="seeds">Complete images on this PC beside the slot.</param>
    /// <param name="wanted">What the user typed; null to choose.</param>
    /// <exception cref="UserError">Exit 2: the wanted one is not possible here, with the reason.</exception>
    public static FetchWay Choose(
        PrepTarget target, SlotCandidate slot, string fileSystem, ImageFacts facts, IReadOnlyList<Seed> seeds, FetchStrategy? wanted) => wanted switch
        {
            FetchStrategy.Full => new(FetchStrategy.Full, null, "asked for"),
            FetchStrategy.InPlace => InPlaceObstacle(target, slot, fileSystem) is { } why ? throw No(FetchStrategy.InPlace, why) : InPlace(slot) with { Reason = "asked for" },
            FetchStrategy.BlockClone => Nearest(target, seeds.Where(s => BlockObstacle(s, target, fileSystem, facts) is null)) is { } seed
                ? new(FetchStrategy.BlockClone, seed, "asked for")
                : throw No(FetchStrategy.BlockClone, seeds.Count == 0 ? "no other slot holds a complete image" : string.Join("; ", seeds.Select(s => $"{s.Place} {BlockObstacle(s, target, fileSystem, facts)}"))),
            FetchStrategy.FileClone => Nearest(target, seeds) is { } seed
                ? new(FetchStrategy.FileClone, seed, "asked for")
                : throw No(FetchStrategy.FileClone, "this PC has no other image"),
            _ => Best(target, slot, fileSystem, facts, [.. seeds.Where(s => s.Image == target.Image)]),
        };

    private static FetchWay Best(PrepTarget target, SlotCandidate slot, string fileSystem, ImageFacts facts, IReadOnlyList<Seed> seeds)
    {
        if (InPlaceObstacle(target, slot, fileSystem) is null)
        {
            return InPlace(slot);
        }

        if (Nearest(target, seeds.Where(s => BlockObstacle(s, target, fileSystem, facts) is null)) is { } block)
        {
            return new(FetchStrategy.BlockClone, block, $"{block.Place} has generation {block.Generation}: its used blocks, then what differs");
        }

        return Nearest(target, seeds) is { } files
            ? new(FetchStrategy.FileClone, files, $"{files.Place} has generation {files.Generation}: its files, then what differs")
            : new(FetchStrategy.Full, null, "no other generation of it is on this PC");
    }

    private static FetchWay InPlace(SlotCandidate slot) =>
        new(FetchStrategy.InPlace, null, $"the slot holds generation {slot.Marker!.Generation}: what differs");

    private static string? InPlaceObstacle(PrepTarget target, SlotCandidate slot, string fileSystem) =>
        slot.Marker is not { } marker ? "the slot holds no complete image"
        : marker.Image != target.Image ? $"the slot holds {marker.Image}"
        : slot.Facts.FileSystem is not { } fs || !slot.Facts.IsOurs ? "its file system is not ours"
        : fs.Type != fileSystem ? $"its file system is {fs.Type}, {fileSystem} is wanted"
        : null;

    /// <summary>"is mounted", after the seed's place; null when nothing stands against it.</summary>
    private static string? BlockObstacle(Seed seed, PrepTarget target, string fileSystem, ImageFacts facts) =>
        seed.Slot is null ? "changes while it is read"
        : seed.FileSystem != fileSystem ? $"is {seed.FileSystem}, {fileSystem} is wanted"
        : !Cloneable.Contains(seed.FileSystem) ? $"is {seed.FileSystem}: a copy cannot be told from the original"
        : seed.Bytes == 0 || seed.Bytes > target.DeviceBytes ? "is larger than the slot"
        : facts.Bytes > 0 && seed.UsedBytes > Math.Max(SmallSeed, facts.Bytes * MostTimesTheImage) ? $"has {seed.UsedBytes >> 20} MiB on it, the image {facts.Bytes >> 20} MiB"
        : null;

    /// <summary>The same image first; then the generation nearest to the wanted one; a slot before the running system, which changes meanwhile.</summary>
    private static Seed? Nearest(PrepTarget target, IEnumerable<Seed> seeds) =>
        seeds.OrderBy(s => s.Image == target.Image ? 0 : 1).ThenBy(s => Math.Abs(s.Generation - target.Generation))
            .ThenBy(s => s.Slot is null ? 1 : 0).ThenBy(s => s.Slot, StringComparer.Ordinal).FirstOrDefault();

    private static UserError No(FetchStrategy strategy, string why) =>
        UserError.Refused($"cannot fetch by {strategy.Word()}: {why}", "leave --strategy out to let it be chosen");
}
