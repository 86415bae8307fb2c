using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Overlays.State;

namespace Allie.Linux.Overlays.State;

/// <summary>
/// What the engine keeps in an image: applied/ (what we last put there), undo/ (what was there that we did not write), pending/ (what a run
/// is about to put there) and a mark while a run changes the image. Plain trees, private (0700), no database.
/// </summary>
internal sealed class OverlayState(ImageRoot root, ImagePath directory)
{
    private const string Seen = "seen";

    private readonly ImagePath _mark = directory.Join("applying");

    internal ImagePath Directory => directory;

    internal StateTree Applied { get; } = new(root, directory.Join("applied"));

    internal StateTree Undo { get; } = new(root, directory.Join("undo"));

    internal StateTree Pending { get; } = new(root, directory.Join("pending"), half: true);

    /// <summary>A run began to change the image and did not end.</summary>
    internal bool IsInterrupted => root.Exists(_mark);

    /// <summary>Of a run that was killed before its mark was there, or after it was gone: nothing else tells of it.</summary>
    internal void Sweep()
    {
        if (root.Exists(directory))
        {
            Temporaries.Remove(root, directory);
        }
    }

    internal void Begin()
    {
        root.MakeDirectories(directory.Parent, 0x1ED);
        root.MakeDirectories(directory, 0x1C0);
        root.WriteFile(_mark, [], FileMetadata.Root(0x180, 0));
    }

    /// <summary>Null when there is none; a damaged one is found out by its own checksum.</summary>
    internal static byte[]? ReadSeen(ImageRoot root, ImagePath directory) =>
        root.TryStat(directory.Join(Seen)) is { IsRegular: true, Size: < 1 << 26 } ? root.ReadFile(directory.Join(Seen), 1 << 26) : null;

    /// <summary>Only what a later run can use is worth a write; and where it cannot be written the next run compares again, no more.</summary>
    internal void WriteSeen(SeenStates seen)
    {
        if (!seen.IsWorthKeeping || !root.Exists(directory))
        {
            return;
        }

        try
        {
            if (root.TryStat(directory.Join(Seen)) is { IsDirectory: true })
            {
                root.RemoveTree(directory.Join(Seen));
            }

            root.WriteFile(directory.Join(Seen), seen.Format(), FileMetadata.Root(0x180, 0));
        }
        catch (LinuxException)
        {
            // a full or read-only file system has been told of where it mattered
        }
    }

    internal void End()
    {
        root.RemoveFile(_mark);
        Pending.Clear();
    }
}
