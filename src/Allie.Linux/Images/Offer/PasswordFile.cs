using Allie.Linux.Files;

namespace Allie.Linux.Images.Offer;

/// <summary>A password for one rsync, in a file that only root reads, gone after use: argv is seen by everybody.</summary>
public sealed class PasswordFile : IDisposable
{
    private PasswordFile(string path) => Path = path;

    public string Path { get; }

    /// <param name="directory">A private (0700) directory.</param>
    /// <param name="name">File name; one that a killed run left is replaced.</param>
    /// <param name="password">The first line of what was given counts.</param>
    public static PasswordFile Write(string directory, string name, string password)
    {
        var path = System.IO.Path.Combine(directory, name);
        AtomicFile.Write(path, password.Split('\n')[0].TrimEnd('\r') + "\n", 0x180);
        return new(path);
    }

    public void Dispose() => File.Delete(Path);
}
