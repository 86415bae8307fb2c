using Allie.Files;
using Allie.Linux.Files;

namespace Allie.Linux.Overlays;

/// <summary>
/// What the engine keeps in an image: applied/ (what we last put there), undo/ (what was there that we did not write), pending/ (what a run
/// is about to put there) and a mark while a run changes the image. Plain trees, private (0700), no database.
/// </summary>
internal sealed class OverlayState(ImageRoot root, ImagePath directory)
{
    private readonly ImagePath _mark = directory.Join("applying");

    internal StateTree Applied { get; } = new(root, directory.Join("applied"));

    internal StateTree Undo { get; } = new(root, directory.Join("undo"));

    internal StateTree Pending { get; } = new(root, directory.Join("pending"));

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

    internal void End() => root.RemoveFile(_mark);
}
