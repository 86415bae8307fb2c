using System.Runtime.InteropServices;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

/// <summary>A directory that root alone looks into.</summary>
public static class PrivateDirectory
{
    private const uint Private = 0x1C0, Usual = 0x1FF;

    /// <summary>Makes it 0700, and what is missing above it as the umask has it; one that is there stays as it is.</summary>
    /// <exception cref="LinuxException">With the path that could not be made: a file is in its place, the file system takes none.</exception>
    public static void Make(string path) => Make(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), Private);

    private static void Make(string path, uint mode)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { } above)
        {
            Make(above, Usual);
        }

        if (Libc.mkdirat(Flags.AtFdCwd, Bytes.Of(path), mode) != 0 && Marshal.GetLastPInvokeError() is var errno && !Directory.Exists(path)) // another run may have been quicker
        {
            throw new LinuxException("make the directory", path, errno);
        }
    }
}
