using Allie.Errors;
using Allie.Files;
using Allie.Installers.Bootstrap;
using Allie.Linux.Files;

namespace Allie.Linux.Installers.Bootstrap;

/// <summary>Bootstraps into a directory: an image's work tree on a server, or any other. Whole or not there at all.</summary>
public sealed class TreeBootstrap(BootstrapRun bootstrap)
{
    /// <param name="directory">Must not exist; the one above it must, or is made private to root.</param>
    /// <param name="lockFile">The lock of the place: an image's work tree has one already.</param>
    /// <exception cref="UserError">Exit 2 when it exists.</exception>
    public void Run(string directory, string lockFile, BootstrapRequest request, Action<string> onStage)
    {
        Refuse(directory);
        var (above, name) = (Path.GetDirectoryName(directory)!, Path.GetFileName(directory));
        PrivateDirectory.Make(above);
        using var held = FileLock.Take(lockFile, directory, inherited: true);
        var unfinished = Path.Combine(above, $".{name}.bootstrap");
        if (Directory.Exists(unfinished))
        {
            TreeRemover.Remove(unfinished); // of a run that was killed
        }

        try
        {
            bootstrap.Run(request, unfinished, directory, onStage);
        }
        catch
        {
            if (Directory.Exists(unfinished))
            {
                TreeRemover.Remove(unfinished);
            }

            throw;
        }

        using var root = ImageRoot.Open(above);
        Refuse(directory);
        root.Rename(ImagePath.Of($".{name}.bootstrap"), ImagePath.Of(name));
        root.SyncDirectory();
    }

    /// <exception cref="UserError">Exit 2: the file system it would be on has less free.</exception>
    public static void RequireRoom(string directory, long bytes)
    {
        var there = directory;
        while (!Directory.Exists(there))
        {
            there = Path.GetDirectoryName(there)!;
        }

        var free = new DriveInfo(there).AvailableFreeSpace;
        if (free < bytes)
        {
            throw UserError.Refused($"there is no room for {directory}: at least {bytes >> 20} MiB are needed, {free >> 20} MiB are free", "make room, name another place, or fewer packages: --packages, --kernel none");
        }
    }

    /// <summary>An empty directory is given way; anything else is somebody's.</summary>
    /// <exception cref="UserError">Exit 2.</exception>
    public static void Refuse(string directory)
    {
        if (File.Exists(directory) || (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any()))
        {
            throw UserError.Refused($"cannot bootstrap into {directory}: it exists and is not empty", "remove it, or name another place");
        }
    }
}
