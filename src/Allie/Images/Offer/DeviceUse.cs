namespace Allie.Images.Offer;

/// <summary>How a device that is to be offered is in use.</summary>
public sealed record DeviceUse(string Device, bool IsBlockDevice, bool IsRunningRoot, bool IsSwap, string? WritableMount, string Type, bool NeedsRecovery);
