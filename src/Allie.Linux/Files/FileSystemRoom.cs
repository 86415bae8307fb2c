namespace Allie.Linux.Files;

/// <summary>What a file system has left for root, statfs(2).</summary>
/// <param name="Free">Bytes, those set aside for root too.</param>
/// <param name="IsCounted">A byte written takes a byte: not where data are compressed, kept twice or cut up by a pool.</param>
/// <param name="MayShare">Copies within it may take no room at all (XFS, ioctl_ficlone(2)).</param>
public readonly record struct FileSystemRoom(long Free, bool IsCounted, bool MayShare);
