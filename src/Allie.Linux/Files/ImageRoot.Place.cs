using Allie.Files;

namespace Allie.Linux.Files;

/// <summary>What we ourselves give a tree: root's own, of now, with the directories that lead to it.</summary>
public sealed partial class ImageRoot
{
    private const int ForAll = 0x1ED;

    public void PlaceFile(ImagePath path, ReadOnlySpan<byte> content, int permissions = 0x1A4)
    {
        MakeDirectories(path.Parent, ForAll);
        WriteFile(path, content, FileMetadata.Root(permissions, Now));
    }

    public void PlaceLink(ImagePath path, string target)
    {
        MakeDirectories(path.Parent, ForAll);
        WriteSymlink(path, target, FileMetadata.Root(0x1FF, Now));
    }
}
