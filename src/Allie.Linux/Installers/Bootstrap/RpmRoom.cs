using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Images;

namespace Allie.Linux.Installers.Bootstrap;

/// <summary>
/// What the scripts of rpm packages need while dnf fills a tree from outside: /dev (without disks), /proc and /run. Made before the packages
/// that own them, and with these packages' modes, as what they set meets the mounts. No /tmp: its mode would stay ours.
/// </summary>
internal sealed class RpmRoom : IDisposable
{
    private readonly EditRoom _room;

    internal RpmRoom(string directory)
    {
        Directory.CreateDirectory(directory, (UnixFileMode)0x1ED);
        using (var root = ImageRoot.Open(directory))
        {
            foreach (var (name, mode) in new[] { ("dev", 0x1ED), ("run", 0x1ED), ("proc", 0x16D) })
            {
                root.MakeDirectory(ImagePath.Of(name), FileMetadata.Root(mode, ImageRoot.Now));
            }
        }

        _room = new(directory);
        _room.Furnish();
        _room.ShowProcesses();
    }

    public void Dispose() => _room.Dispose();
}
