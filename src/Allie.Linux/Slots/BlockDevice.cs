namespace Allie.Linux.Slots;

/// <summary>A block device that this system has a node for, as /sys/class/block describes it.</summary>
/// <param name="Name">The kernel's name: sda3.</param>
/// <param name="Node">/dev/sda3</param>
/// <param name="Number">"8:3"</param>
/// <param name="StartBytes">Where a partition begins on its disk.</param>
/// <param name="PartitionNumber">0 for a whole disk.</param>
/// <param name="Disk">The kernel's name of the disk that the partition is on; its own name for a whole disk.</param>
/// <param name="PartName">What the kernel itself read from the table, where it can read such tables at all.</param>
internal sealed record BlockDevice(
    string Name, string Node, string Number, long SizeBytes, long StartBytes, int PartitionNumber, string Disk, int SectorSize,
    bool IsReadOnly, bool IsRemovable, IReadOnlyList<string> Holders, string PartName, string PartUuid)
{
    internal bool IsPartition => PartitionNumber > 0;

    /// <summary>loop, RAM, compressed RAM, optical, floppy (the kernel's devices.txt).</summary>
    internal bool IsLoopOrMemory =>
        new[] { "loop", "ram", "zram", "sr", "fd" }.Any(kind => Disk.StartsWith(kind, StringComparison.Ordinal) && char.IsAsciiDigit(Disk[kind.Length]));
}
