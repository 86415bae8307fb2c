using Allie.Linux.Native;

namespace Allie.Linux.Files;

/// <summary>A private directory (0700) for small files while a program runs; gone with this.</summary>
public sealed class Scratch : IDisposable
{
    /// <param name="parent">Made 0700 when missing.</param>
    public Scratch(string parent)
    {
        PrivateDirectory.Make(parent);
        Path = System.IO.Path.Combine(parent, "scratch-" + Convert.ToHexStringLower(RandomBytes.Read(6)));
        PrivateDirectory.Make(Path);
    }

    public string Path { get; }

    /// <returns>The path of the file written.</returns>
    public string Write(string name, byte[] content)
    {
        var file = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(file, content);
        return file;
    }

    public void Dispose() => TreeRemover.Remove(Path);
}
