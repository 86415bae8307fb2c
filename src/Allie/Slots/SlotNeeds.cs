namespace Allie.Slots;

/// <summary>What is to be done with a slot, as far as the refusals depend on it.</summary>
/// <param name="AllowLoopDevices">[safety] allow-loop-devices: tests and labs.</param>
/// <param name="ReuseFsUuid">The exact UUID of a foreign file system that the user typed to give it up (--reuse-fs UUID=...).</param>
/// <param name="Bytes">What must fit; 0 when it is not known.</param>
public sealed record SlotNeeds(bool AllowLoopDevices = false, string? ReuseFsUuid = null, long Bytes = 0);
