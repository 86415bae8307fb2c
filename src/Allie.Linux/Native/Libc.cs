using System.Runtime.InteropServices;

namespace Allie.Linux.Native;

/// <summary>
/// The C library's calls, resolved at link time (DirectPInvoke in Allie.Cli.csproj): with dlopen errno would come back as 0.
/// Only this folder declares imports. Paths are NUL-terminated bytes.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Lib = "libc";

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int openat(int dirfd, ReadOnlySpan<byte> path, int flags, uint mode);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int close(int fd);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int fcntl(int fd, int command, nint argument);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial nint read(int fd, byte* buffer, nint count);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial nint write(int fd, byte* buffer, nint count);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial nint preadv2(int fd, IoVector* places, int count, long offset, int flags);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int fsync(int fd);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int syncfs(int fd);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int fstatfs(int fd, StatfsBuffer* buffer);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int setsid();

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int flock(int fd, int operation);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int ftruncate(int fd, long length);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial long lseek(int fd, long offset, int whence);

    /// <summary>Gives the error number itself.</summary>
    [LibraryImport(Lib)]
    internal static partial int posix_fadvise(int fd, long offset, long length, int advice);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int statx(int dirfd, ReadOnlySpan<byte> path, int flags, uint mask, StatxBuffer* buffer);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial nint readlinkat(int dirfd, ReadOnlySpan<byte> path, byte* buffer, nint size);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int mkdirat(int dirfd, ReadOnlySpan<byte> path, uint mode);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int unlinkat(int dirfd, ReadOnlySpan<byte> path, int flags);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int renameat(int oldDir, ReadOnlySpan<byte> oldPath, int newDir, ReadOnlySpan<byte> newPath);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int renameat2(int oldDir, ReadOnlySpan<byte> oldPath, int newDir, ReadOnlySpan<byte> newPath, uint flags);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int linkat(int oldDir, ReadOnlySpan<byte> oldPath, int newDir, ReadOnlySpan<byte> newPath, int flags);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int symlinkat(ReadOnlySpan<byte> target, int dirfd, ReadOnlySpan<byte> path);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int mknodat(int dirfd, ReadOnlySpan<byte> path, uint mode, ulong device);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int fchmodat(int dirfd, ReadOnlySpan<byte> path, uint mode, int flags);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int fchownat(int dirfd, ReadOnlySpan<byte> path, uint uid, uint gid, int flags);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int fchmod(int fd, uint mode);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int fchown(int fd, uint uid, uint gid);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int futimens(int fd, Timespec* times);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial nint flistxattr(int fd, byte* list, nint size);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial nint fgetxattr(int fd, ReadOnlySpan<byte> name, byte* value, nint size);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int fsetxattr(int fd, ReadOnlySpan<byte> name, byte* value, nint size, int flags);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int fremovexattr(int fd, ReadOnlySpan<byte> name);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int utimensat(int dirfd, ReadOnlySpan<byte> path, Timespec* times, int flags);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial nint llistxattr(ReadOnlySpan<byte> path, byte* list, nint size);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial nint lgetxattr(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, byte* value, nint size);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int lsetxattr(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, byte* value, nint size, int flags);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int lremovexattr(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int mount(byte* source, ReadOnlySpan<byte> target, byte* type, ulong flags, byte* data);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int umount2(ReadOnlySpan<byte> target, int flags);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int unshare(int flags);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int execve(byte* path, byte** argv, byte** envp);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int ioctl(int fd, ulong request, void* argument);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int geteuid();

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int kill(int pid, int signal);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial int setpriority(int which, int who, int priority);

    /// <summary>Ends the process on the spot: no handlers, no finalisers, as kill -9 does.</summary>
    [LibraryImport(Lib)]
    internal static partial void _exit(int status);

    [LibraryImport(Lib, SetLastError = true)]
    internal static partial nint syscall(nint number, nint a, void* b, void* c, nint d);

    [LibraryImport(Lib, SetLastError = true, EntryPoint = "syscall")]
    internal static partial nint syscall5(nint number, nint a, nint b, nint c, nint d, nint e);

    [LibraryImport(Lib)]
    internal static partial void sync();
}
