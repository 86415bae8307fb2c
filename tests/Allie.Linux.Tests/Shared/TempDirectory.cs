using Allie.Linux.Files;

namespace Allie.Linux.Tests.Shared;

/// <summary>A fresh directory, gone when the test ends, however it ends.</summary>
public sealed class TempDirectory : IDisposable
{
    public TempDirectory()
        : this(Directory.CreateTempSubdirectory("allie-test-").FullName)
    {
    }

    private TempDirectory(string path) => Path = path;

    public string Path { get; }

    /// <summary>Below the build output: /tmp may be a file system in memory, which cannot be read past the page cache.</summary>
    public static TempDirectory OnDisk() =>
        new(Directory.CreateDirectory(System.IO.Path.Combine(AppContext.BaseDirectory, System.IO.Path.GetRandomFileName())).FullName);

    public string At(string relative) => System.IO.Path.Combine(Path, relative);

    /// <summary>Writes a file, making its directories.</summary>
    public string Write(string relative, string text)
    {
        var path = At(relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => TreeRemover.Remove(Path);
}
