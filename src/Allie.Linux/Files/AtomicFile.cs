using System.Text;
using Allie.Files;

namespace Allie.Linux.Files;

/// <summary>
/// Writes a file of this machine (journal, configuration, boot file) as a whole or not at all: temporary name, fsync, rename, fsync of the
/// directory. Files of an image are written through <see cref="ImageRoot"/>, which this uses with the file's directory as root.
/// </summary>
public static class AtomicFile
{
    /// <param name="hostPath">Its directory must exist.</param>
    /// <param name="content">The whole new content.</param>
    /// <param name="permissions">Mode for a new file; an existing one keeps its mode and owner.</param>
    public static void Write(string hostPath, ReadOnlySpan<byte> content, int permissions = 0x1A4)
    {
        var full = Path.GetFullPath(hostPath);
        using var directory = ImageRoot.Open(Path.GetDirectoryName(full)!);
        var name = ImagePath.Of(Path.GetFileName(full));
        directory.RewriteFile(name, content, FileMetadata.Root(permissions, ImageRoot.Now));
        directory.SyncDirectory();
    }

    public static void Write(string hostPath, string text, int permissions = 0x1A4) => Write(hostPath, Encoding.UTF8.GetBytes(text), permissions);
}
