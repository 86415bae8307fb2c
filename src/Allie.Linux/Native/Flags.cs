namespace Allie.Linux.Native;

/// <summary>Constants of the Linux ABI on x86-64 and arm64 generic (asm-generic headers; O_DIRECT, O_DIRECTORY and O_NOFOLLOW differ on arm64).</summary>
internal static class Flags
{
    internal const int AtFdCwd = -100;
    internal const int AtSymlinkNoFollow = 0x100;
    internal const int AtRemoveDir = 0x200;
    internal const int AtEmptyPath = 0x1000;

    internal const int ReadOnly = 0;
    internal const int WriteOnly = 1;
    internal const int ReadWrite = 2;
    internal const int Create = 0x40;
    internal const int Exclusive = 0x80;
    internal const int NonBlock = 0x800;
    internal const int Direct = 0x4000;
    internal const int Directory = 0x10000;
    internal const int NoFollow = 0x20000;
    internal const int NoAccessTime = 0x40000;
    internal const int CloseOnExec = 0x80000;
    internal const int PathOnly = 0x200000;

    internal const ulong ResolveNoXdev = 0x01;
    internal const ulong ResolveNoMagicLinks = 0x02;
    internal const ulong ResolveInRoot = 0x10;

    internal const int SysOpenat2 = 437;
    internal const int SysGetRandom = 318;
    internal static readonly int SysGetdents64 = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64 ? 217 : 61;

    internal const int LockExclusive = 2;
    internal const int LockNonBlocking = 4;
    internal const int LockUnlock = 8;

    internal const int CloneNewNs = 0x20000;
    internal const ulong MsReadOnly = 1;
    internal const ulong MsNoSuid = 2;
    internal const ulong MsNoDev = 4;
    internal const ulong MsBind = 4096;
    internal const ulong MsRec = 16384;
    internal const ulong MsSlave = 1 << 19;
    internal const int MntDetach = 2;

    internal const ulong CheckpointExt4 = 0x4004662B; // EXT4_IOC_CHECKPOINT: linux/ext4.h, Linux 5.14
    internal const ulong FreezeFileSystem = 0xC0045877; // FIFREEZE, FITHAW: linux/fs.h
    internal const ulong ThawFileSystem = 0xC0045878;
    internal const ulong CloneFile = 0x40049409; // FICLONE, FIDEDUPERANGE: linux/fs.h
    internal const long ExtMagic = 0xEF53; // f_type of ext2, 3 and 4, tmpfs, XFS: linux/magic.h
    internal const long TmpfsMagic = 0x01021994;
    internal const long XfsMagic = 0x58465342;
    internal const ulong DedupeRange = 0xC0189436;
    internal const ulong GetInodeFlags = 0x80086601; // FS_IOC_GETFLAGS, FS_IOC_SETFLAGS
    internal const ulong SetInodeFlags = 0x40086602;
    internal const int InodeImmutable = 0x10;

    internal const int DuplicateCloseOnExec = 1030;
    internal const int SetDescriptorFlags = 2;
    internal const int GetStatusFlags = 3;
    internal const int SetStatusFlags = 4;
    internal const int SeekSet = 0;
    internal const int SeekData = 3;
    internal const int SeekHole = 4;

    internal const uint StatxBasic = 0x7ff;
}
