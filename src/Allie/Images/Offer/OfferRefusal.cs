using Allie.Errors;

namespace Allie.Images.Offer;

/// <summary>Which devices are not offered: a tree that changes while it is read gives a torn image.</summary>
public static class OfferRefusal
{
    /// <summary>A device that the offered system's fstab names for one of its directories.</summary>
    /// <exception cref="UserError">Exit 2, with the reason.</exception>
    public static void CheckPart(DeviceUse use, string point)
    {
        try
        {
            Check(use);
        }
        catch (UserError e)
        {
            throw UserError.Refused($"{e.Message}; its system has {point} there", $"{e.Hint}; or offer the root alone: --root-only");
        }
    }

    /// <exception cref="UserError">Exit 2, with the reason.</exception>
    public static void Check(DeviceUse use)
    {
        var (reason, hint) = use switch
        {
            { IsBlockDevice: false } => ("it is no block device", "name the partition of the new distribution, such as /dev/sda3"),
            { IsRunningRoot: true } => ("the running system is on it", "boot the PC's other system and offer this one from there"),
            { IsSwap: true } => ("it is in use as swap", "name the partition of the new distribution"),
            { WritableMount: { } point } => ($"it is mounted on {point} and may change meanwhile", $"run: umount {point}"),
            { Type: "" } => ("there is no file system on it that blkid knows", "did the installation end well?"),
            { Type: "swap" or "LVM2_member" or "crypto_LUKS" or "linux_raid_member" } => ($"it holds {use.Type}, not a file system", "name the device with the file system"),
            { NeedsRecovery: true } => ("it was not unmounted cleanly", $"run: e2fsck -p {use.Device}"),
            _ => (null, null),
        };
        if (reason is not null)
        {
            throw UserError.Refused($"cannot offer {use.Device}: {reason}", hint);
        }
    }

    /// <summary>What a capture would refuse is told where the device was chosen.</summary>
    /// <exception cref="UserError">Exit 2.</exception>
    public static void CheckTree(string device, bool hasEtc, bool hasUsr)
    {
        if (!hasEtc || !hasUsr)
        {
            throw UserError.Refused($"cannot offer {device}: there is no system on it, it has no {(hasEtc ? "usr" : hasUsr ? "etc" : "etc and no usr")}", "lsblk -f shows the partitions; did the installation end well?");
        }
    }
}
