using System.Text;
using Allie.Files;
using Allie.Linux.Files;

namespace Allie.Linux.Boot;

/// <summary>
/// A directory that a boot loader reads: files in it, each written whole. Text is bytes as chars, so that what an administrator wrote in any
/// encoding comes back as it was.
/// </summary>
/// <param name="directory">The boot loader's directory, or the top of its partition.</param>
/// <param name="flush">Brings everything written to where the boot loader reads.</param>
/// <param name="crash">For tests.</param>
public sealed class BootFiles(string directory, Action<string> flush, BootCrash crash)
{
    public string Path => directory;

    public BootCrash Crash => crash;

    public string Show(string name) => System.IO.Path.Combine(directory, name);

    public string? Read(string name)
    {
        using var root = ImageRoot.Open(directory);
        var path = ImagePath.Of(name);
        return root.TryStat(path) is { IsRegular: true } ? Encoding.Latin1.GetString(root.ReadFile(path)) : null;
    }

    public bool Exists(string name) => File.Exists(Show(name)) || Directory.Exists(Show(name));

    /// <summary>Nothing is written when it is so already. Null: no such file.</summary>
    public void Put(string name, string? text)
    {
        if (Read(name) == text)
        {
            return;
        }

        using var root = ImageRoot.Open(directory);
        var path = ImagePath.Of(name);
        crash.BeforeChange();
        if (text is null)
        {
            root.RemoveFile(path);
        }
        else
        {
            root.MakeDirectories(path.Parent, 0x1ED);
            root.RewriteFile(path, Encoding.Latin1.GetBytes(text), FileMetadata.Root(0x1A4, ImageRoot.Now));
        }

        SyncDirectory(root, path.Parent);
    }

    /// <summary>A file of a slot, for boot loaders that read one partition only.</summary>
    public void CopyFrom(ImageRoot slot, string from, string to)
    {
        using var root = ImageRoot.Open(directory);
        var path = ImagePath.Of(to);
        root.MakeDirectories(path.Parent, 0x1ED);
        crash.BeforeChange();
        using var source = slot.OpenRead(ImagePath.Of(from));
        var content = new byte[source.Length];
        source.ReadExactly(content);
        root.WriteFile(path, content, FileMetadata.Root(0x1A4, ImageRoot.Now));
        SyncDirectory(root, path.Parent);
    }

    /// <summary>The files of one directory of ours, and the directory.</summary>
    public void RemoveDirectory(string name)
    {
        using var root = ImageRoot.Open(directory);
        var path = ImagePath.Of(name);
        if (root.TryStat(path) is not { IsDirectory: true })
        {
            return;
        }

        foreach (var file in root.List(path))
        {
            crash.BeforeChange();
            root.RemoveFile(path.Join(file));
        }

        root.RemoveEmptyDirectory(path);
        SyncDirectory(root, path.Parent);
    }

    /// <summary>One rename: a directory of ours under another name.</summary>
    public void RenameDirectory(string from, string to)
    {
        using var root = ImageRoot.Open(directory);
        crash.BeforeChange();
        root.Rename(ImagePath.Of(from), ImagePath.Of(to));
        SyncDirectory(root, ImagePath.Of(to).Parent);
    }

    public void RemoveIfEmpty(string name)
    {
        using var root = ImageRoot.Open(directory);
        if (root.TryStat(ImagePath.Of(name)) is { IsDirectory: true })
        {
            root.RemoveEmptyDirectory(ImagePath.Of(name));
        }
    }

    public long FreeBytes => new DriveInfo(directory).AvailableFreeSpace;

    public void Flush() => flush(directory);

    private static void SyncDirectory(ImageRoot root, ImagePath path)
    {
        using var below = root.OpenBelow(path);
        below.SyncDirectory();
    }
}
