namespace Allie.Slots;

/// <summary>What is to be done with a slot, as far as the refusals depend on it.</summary>
/// <param name="AllowLoopDevices">[safety] allow-loop-devices: tests and labs.</param>
/// <param name="ReuseFsUuid">The exact UUID of a foreign file system that the user typed to give it up (--reuse-fs UUID=...).</param>
/// <param name="Bytes">Size of the file system that holds the image with room to live; 0 when it is not known.</param>
/// <param name="Entries">Files and directories: ext4 makes as many inodes as the partition's size gives, and no more later.</param>
public sealed record SlotNeeds(bool AllowLoopDevices = false, string? ReuseFsUuid = null, long Bytes = 0, long Entries = 0)
{
    private const long Room = 32 << 20;

    /// <summary>A tenth more than the tree takes, and 32 MiB: journal, inode tables, the first hours' logs.</summary>
    public SlotNeeds For(Images.ImageFacts facts) => facts.Bytes == 0 ? this : this with { Bytes = (facts.Bytes / 10 * 11) + Room, Entries = facts.Entries };
}
