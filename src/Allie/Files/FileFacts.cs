namespace Allie.Files;

/// <summary>What statx(2) tells of one directory entry. Sizes in bytes, Blocks in units of 512 bytes, times in nanoseconds since 1970.</summary>
public readonly record struct FileFacts(
    FileKind Kind,
    int Permissions,
    uint Uid,
    uint Gid,
    long Size,
    long Blocks,
    ulong Inode,
    uint Links,
    uint DeviceMajor,
    uint DeviceMinor,
    uint SpecialMajor,
    uint SpecialMinor,
    long MtimeNs,
    long CtimeNs)
{
    public bool IsDirectory => Kind == FileKind.Directory;

    public bool IsRegular => Kind == FileKind.Regular;

    public bool IsSymlink => Kind == FileKind.Symlink;

    /// <summary>Fewer blocks on disk than its size needs: the file has holes.</summary>
    public bool IsSparse => IsRegular && Blocks * 512 < Size;

    /// <summary>On the same file system as another entry.</summary>
    public bool SameDevice(FileFacts other) => DeviceMajor == other.DeviceMajor && DeviceMinor == other.DeviceMinor;
}
