namespace Allie.Prep;

/// <summary>A tree on this PC that may lend files to a new image.</summary>
/// <param name="Slot">Null: the running system, wherever its root is.</param>
/// <param name="Image">What it is.</param>
/// <param name="Generation">Which.</param>
/// <param name="FileSystem">ext4, xfs, btrfs; empty for the running system, which nobody copies by blocks.</param>
/// <param name="Bytes">Of the file system; 0 when it is not known.</param>
/// <param name="UsedBytes">That a copy by blocks would carry.</param>
public sealed record Seed(string? Slot, string Image, int Generation, string FileSystem = "", long Bytes = 0, long UsedBytes = 0)
{
    public string Place => Slot is null ? "the running system" : "slot " + Slot;

    public override string ToString() => $"{Place}, {Image} generation {Generation}";
}
