namespace Allie.Slots;

/// <summary>What a superblock says of itself; label and UUID are empty where the format has none or we do not read it.</summary>
/// <param name="Type">blkid's name: ext4, xfs, btrfs, swap, LVM2_member, crypto_LUKS, linux_raid_member, ...</param>
public sealed record FileSystemFacts(string Type, string Label, string Uuid)
{
    /// <summary>"ext4 deb13"</summary>
    public override string ToString() => Label.Length > 0 ? $"{Type} {Label}" : Type;
}
