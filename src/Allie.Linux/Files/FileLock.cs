using System.Runtime.InteropServices;
using System.Text;
using Allie.Errors;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

/// <summary>
/// One flock(2) on a lock file. The kernel gives it back when the last holder ends, however it ends. The file names the holder for
/// the second run's message; it is removed by who gives the lock back, and lies there after a kill, which hinders nobody.
/// </summary>
public sealed class FileLock : IDisposable
{
    private readonly Fd _file;
    private readonly string _path;

    private FileLock(Fd file, string path) => (_file, _path) = (file, path);

    /// <param name="path">The lock file; its directory is made 0700 when missing.</param>
    /// <param name="what">What is locked, for the message: "slot b", "image f18".</param>
    /// <param name="inherited">
    /// True keeps the lock while a child of ours lives on after a kill of us (an rsync still writing to the slot).
    /// </param>
    /// <exception cref="UserError">Exit 4, naming the holder.</exception>
    public static FileLock Take(string path, string what, bool inherited = false)
    {
        PrivateDirectory.Make(Path.GetDirectoryName(path)!);
        var file = Locked(path, what);
        while (!IsNamed(file, path))
        {
            file.Dispose(); // its holder removed it after we had opened it: this lock keeps nobody away
            file = Locked(path, what);
        }

        if (inherited)
        {
            _ = Libc.fcntl(file.Number, Flags.SetDescriptorFlags, 0);
        }

        _ = Libc.ftruncate(file.Number, 0);
        var line = $"process {Environment.ProcessId} ({Environment.GetCommandLineArgs()[0].Split('/')[^1]} {string.Join(' ', Environment.GetCommandLineArgs().Skip(1))})\n";
        file.Write(Encoding.UTF8.GetBytes(line), path);
        return new(file, path);
    }

    /// <summary>Given back for good: a child that was to keep it beyond our death must not keep it beyond our work.</summary>
    public void Dispose()
    {
        if (IsNamed(_file, _path))
        {
            File.Delete(_path); // while we hold it; who waits with it open looks whether it is still named
        }

        _ = Libc.flock(_file.Number, Flags.LockUnlock);
        _file.Dispose();
    }

    private static Fd Locked(string path, string what)
    {
        var file = Fd.Open(Flags.AtFdCwd, Bytes.Of(path), Flags.ReadWrite | Flags.Create | Flags.NoFollow, path, 0x180);
        if (Libc.flock(file.Number, Flags.LockExclusive | Flags.LockNonBlocking) == 0)
        {
            return file;
        }

        var errno = Marshal.GetLastPInvokeError();
        var holder = Holder(file, path);
        file.Dispose();
        throw errno == Errno.EAGAIN
            ? UserError.Busy($"{what} is in use by {holder}", "wait until it is done, or look at it with ps")
            : new LinuxException("lock", path, errno);
    }

    private static bool IsNamed(Fd file, string path)
    {
        using var named = Fd.TryOpen(Flags.AtFdCwd, Bytes.Of(path), Flags.PathOnly | Flags.NoFollow, out _);
        return named is not null && Identity(named, path) == Identity(file, path);
    }

    private static (uint Major, uint Minor, ulong Inode) Identity(Fd file, string path)
    {
        var facts = ImageRoot.StatOf(file, Bytes.OfRaw(""), Flags.AtEmptyPath, path);
        return (facts.DeviceMajor, facts.DeviceMinor, facts.Inode);
    }

    /// <summary>Not File.ReadAllText: .NET takes a flock of its own for reading, and would be refused by the very lock that is told of.</summary>
    private static string Holder(Fd file, string path)
    {
        Span<byte> text = stackalloc byte[512];
        var count = file.Read(text, path);
        return count > 0 ? Encoding.UTF8.GetString(text[..count]).Trim() : "another process";
    }
}
