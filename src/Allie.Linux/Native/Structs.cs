using System.Runtime.InteropServices;

namespace Allie.Linux.Native;

/// <summary>struct timespec on 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Timespec
{
    internal long Seconds;
    internal long Nanoseconds;
}

/// <summary>struct iovec of preadv2(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    internal byte* Start;
    internal nint Length;
}

/// <summary>struct open_how of openat2(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OpenHow
{
    internal ulong Flags;
    internal ulong Mode;
    internal ulong Resolve;
}

/// <summary>struct statx of statx(2); glibc fills it from fstatat where the kernel is older than 4.11.</summary>
[StructLayout(LayoutKind.Sequential, Size = 256)]
internal struct StatxBuffer
{
    internal uint Mask;
    internal uint BlockSize;
    internal ulong Attributes;
    internal uint Links;
    internal uint Uid;
    internal uint Gid;
    internal ushort Mode;
    internal ushort Pad0;
    internal ulong Inode;
    internal ulong Size;
    internal ulong Blocks;
    internal ulong AttributesMask;
    internal StatxTime Atime;
    internal StatxTime Btime;
    internal StatxTime Ctime;
    internal StatxTime Mtime;
    internal uint RdevMajor;
    internal uint RdevMinor;
    internal uint DevMajor;
    internal uint DevMinor;
}

[StructLayout(LayoutKind.Sequential)]
internal struct StatxTime
{
    internal long Seconds;
    internal uint Nanoseconds;
    internal int Pad;
}

/// <summary>struct statfs of statfs(2) on 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential, Size = 120)]
internal struct StatfsBuffer
{
    internal long Type;
    internal long BlockSize;
    internal ulong Blocks;
    internal ulong BlocksFree;
    internal ulong BlocksAvailable;
}

/// <summary>struct file_dedupe_range of ioctl_fideduperange(2), with the one file_dedupe_range_info that follows it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DedupeRange
{
    internal ulong SourceOffset;
    internal ulong Length;
    internal ushort Count;
    internal ushort Reserved1;
    internal uint Reserved2;
    internal long Target;
    internal ulong TargetOffset;
    internal ulong Deduped;
    internal int Status;
    internal uint Reserved3;
}

/// <summary>struct iocb of io_submit(2); all zero but these is a read from the beginning.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal unsafe struct AsyncRead
{
    [FieldOffset(0)]
    internal long Data;

    [FieldOffset(20)]
    internal int File;

    [FieldOffset(24)]
    internal byte* Buffer;

    [FieldOffset(32)]
    internal long Bytes;
}

/// <summary>struct io_event of io_getevents(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AsyncDone
{
    internal long Data;
    internal AsyncRead* Request;
    internal long Result;
    internal long Result2;
}
