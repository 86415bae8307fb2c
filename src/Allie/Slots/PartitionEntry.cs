namespace Allie.Slots;

/// <summary>One partition as the table on the disk has it. Sectors count in the disk's logical sector size, both ends inclusive.</summary>
/// <param name="Number">From 1, as the kernel numbers it.</param>
/// <param name="TypeId">GPT: the type GUID in lower case. MBR: "0x83".</param>
/// <param name="PartUuid">Lower case, as PARTUUID= has it. MBR: "signature-NN".</param>
/// <param name="Name">The GPT partition name; empty on an MBR disk.</param>
public sealed record PartitionEntry(int Number, string TypeId, string PartUuid, string Name, long FirstSector, long LastSector);
