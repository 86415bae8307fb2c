using Allie.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Files;

/// <summary>
/// The only way to touch the files of an image or an overlay. Every path is resolved by the kernel inside this root (openat2 with
/// RESOLVE_IN_ROOT), so an absolute or climbing symlink of an image ends in the image and never in the running system. The last
/// component is never followed. docs/design/image-trees.md tells what went wrong without.
/// </summary>
public sealed partial class ImageRoot : IDisposable
{
    private readonly Fd _root;

    private ImageRoot(Fd root, string hostPath)
    {
        _root = root;
        HostPath = hostPath;
    }

    /// <summary>Where the root is on this machine. For messages and for programs that take a directory (rsync, mkfs); never to be joined with image paths.</summary>
    public string HostPath { get; }

    /// <summary>The same without links, as the kernel has it.</summary>
    public string RealHostPath => new FileInfo($"/proc/self/fd/{_root.Number}").LinkTarget!;

    /// <exception cref="LinuxException">Not there, or no directory.</exception>
    public static ImageRoot Open(string hostPath) =>
        new(Fd.Open(Flags.AtFdCwd, Bytes.Of(hostPath), Flags.Directory | Flags.ReadOnly, hostPath), hostPath);

    /// <summary>A sub-directory as a root of its own (a layer below the layers' directory).</summary>
    public ImageRoot OpenBelow(ImagePath directory) =>
        new(OpenDirectory(directory), Path.Combine(HostPath, directory.Raw));

    /// <summary>It is the running system's own root, by whatever name.</summary>
    public bool IsRunningSystem
    {
        get
        {
            using var running = Open("/");
            var (here, there) = (Stat(ImagePath.Root), running.Stat(ImagePath.Root));
            return here.SameDevice(there) && here.Inode == there.Inode;
        }
    }

    public void Dispose() => _root.Dispose();

    /// <summary>For messages: the path as seen on this machine.</summary>
    public string Show(ImagePath path) => HostPath == "/" ? path.ToString() : HostPath.TrimEnd('/') + (path.IsRoot ? "" : path.ToString());

    /// <summary>The parent, resolved inside the root, and the last component for the *at calls.</summary>
    private (Fd Directory, byte[] Leaf) Locate(ImagePath path) =>
        path.IsRoot ? (_root.Duplicate(), Bytes.OfRaw("."))
        : (_kept?.Get(path.Parent) ?? OpenAt(path.Parent, Flags.PathOnly | Flags.Directory), Bytes.OfRaw(path.Name));

    private Fd OpenDirectory(ImagePath path) => OpenAt(path, Flags.ReadOnly | Flags.Directory);
}
