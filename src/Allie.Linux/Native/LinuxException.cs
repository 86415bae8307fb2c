using System.Runtime.InteropServices;

namespace Allie.Linux.Native;

/// <summary>A system call that failed: which, on what, and errno. Program.cs prints it as an expected failure, exit 1.</summary>
public sealed class LinuxException : IOException
{
    public LinuxException(string call, string target, int errno)
        : base($"cannot {call} {target}: {Native.Errno.Text(errno)}")
    {
        Call = call;
        Errno = errno;
    }

    public string Call { get; }

    public int Errno { get; }

    /// <summary>For the errno of the call just made on this thread.</summary>
    internal static LinuxException Last(string call, string target) => new(call, target, Marshal.GetLastPInvokeError());
}
