namespace Allie.Overlays;

/// <summary>What one file system has for a run.</summary>
/// <param name="free">Bytes at its beginning.</param>
public sealed class SpaceAccount(long free)
{
    public long Free => free;

    /// <summary>By the steps that fit.</summary>
    public long Taken { get; set; }

    /// <summary>By the step that is looked at.</summary>
    public long Asked { get; set; }

    public long Left => free - Taken;
}
