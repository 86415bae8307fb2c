namespace Allie.Overlays;

/// <summary>What one file system has for a run.</summary>
/// <param name="free">Bytes at its beginning.</param>
public sealed class SpaceAccount(long free)
{
    public long Free => free;

    public long Taken { get; set; }

    public long Left => free - Taken;
}
