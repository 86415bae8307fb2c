using Allie.Files;

namespace Allie.Images;

/// <summary>One path that two trees have differently; null facts where it is not.</summary>
/// <param name="Path">The path.</param>
/// <param name="Before">In the first tree.</param>
/// <param name="After">In the second tree.</param>
/// <param name="What">"added", "removed", or what differs: "kind", "content", "mode", "owner", "attributes", joined by commas; "time" alone is no change.</param>
/// <param name="Capability">security.capability before and after, as it is shown; null where the file has none.</param>
public sealed record TreeChange(ImagePath Path, FileFacts? Before, FileFacts? After, string What, (string? Before, string? After) Capability)
{
    private const int SetIds = 0xC00;

    public bool IsConfiguration => Path.IsAtOrBelow(ImagePath.Of("etc")) && Path.Raw != ImageStamp.Path && Before?.IsDirectory != true && After?.IsDirectory != true;

    /// <summary>A program that gives its owner's or group's rights came, went, or changed in what it gives.</summary>
    public bool IsSetId => Given(Before) != Given(After);

    public bool IsCapability => Capability.Before != Capability.After;

    private static (int, uint, uint) Given(FileFacts? facts) =>
        facts is { IsRegular: true } file && (file.Permissions & SetIds) != 0 ? (file.Permissions & SetIds, file.Uid, file.Gid) : default;
}
