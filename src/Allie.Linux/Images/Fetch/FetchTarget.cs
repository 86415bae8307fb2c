using Allie.Errors;
using Allie.Files;
using Allie.Images.Fetch;
using Allie.Linux.Files;

namespace Allie.Linux.Images.Fetch;

/// <summary>The directory of `image fetch`: a mounted slot, or any directory on another file system than the running root's.</summary>
public sealed class FetchTarget : IDisposable
{
    private static readonly ImagePath UnderWay = ImagePath.Of(FetchCalls.UnderWay);
    private readonly ImageRoot _root;

    private FetchTarget(ImageRoot root, bool resumed)
    {
        _root = root;
        Resumed = resumed;
    }

    public string Path => _root.HostPath;

    /// <summary>An earlier fetch of the same image was cut short here.</summary>
    public bool Resumed { get; }

    /// <summary>Looks, and writes nothing.</summary>
    /// <exception cref="UserError">Exit 2: the running root's file system, or not empty.</exception>
    public static FetchTarget Open(string directory, string image)
    {
        if (!Directory.Exists(directory))
        {
            throw UserError.Refused($"cannot fetch into {directory}: no such directory", "make it, or mount the slot there");
        }

        var root = ImageRoot.Open(System.IO.Path.GetFullPath(directory));
        try
        {
            return new(root, Check(root, image));
        }
        catch
        {
            root.Dispose();
            throw;
        }
    }

    /// <summary>From here on the directory is known to hold half an image.</summary>
    public void Begin(string image) => _root.WriteFile(UnderWay, System.Text.Encoding.UTF8.GetBytes(image + "\n"), FileMetadata.Root(0x180, 0));

    /// <summary>All of it is on the disk, then the mark goes.</summary>
    public void End()
    {
        _root.SyncFileSystem();
        _root.RemoveFile(UnderWay);
        _root.SyncFileSystem();
    }

    public void Dispose() => _root.Dispose();

    private static bool Check(ImageRoot root, string image)
    {
        using var running = ImageRoot.Open("/");
        if (root.Stat(ImagePath.Root).SameDevice(running.Stat(ImagePath.Root)))
        {
            throw UserError.Refused($"cannot fetch into {root.HostPath}: it is on the running root's file system", "mount a slot there, or use: allie prep IMAGE");
        }

        if (root.TryReadText(UnderWay)?.Trim() is { } begun)
        {
            return begun == image
                ? true
                : throw UserError.Refused($"cannot fetch {image} into {root.HostPath}: half of image '{begun}' is there", "empty it first, or fetch that one to its end");
        }

        return root.List(ImagePath.Root).Any(name => name != "lost+found")
            ? throw UserError.Refused($"cannot fetch into {root.HostPath}: it is not empty", "a fetch goes onto an empty file system: allie prep IMAGE makes one")
            : false;
    }
}
