using Allie.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

public sealed partial class ImageRoot
{
    /// <summary>Of the file system that a directory is on.</summary>
    public unsafe FileSystemRoom Room(ImagePath directory)
    {
        using var opened = OpenDirectory(directory);
        StatfsBuffer room;
        Check(Libc.fstatfs(opened.Number, &room), "tell the free space of", directory);
        return new((long)room.BlocksFree * room.BlockSize, room.Type is Flags.ExtMagic or Flags.TmpfsMagic or Flags.XfsMagic, room.Type == Flags.XfsMagic);
    }
}
