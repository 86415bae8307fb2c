namespace Allie.Prep;

/// <summary>Which generation of which image goes into which slot.</summary>
public sealed record PrepTarget(string Image, int Generation, string Slot, string Device, string PartUuid, long DeviceBytes);
