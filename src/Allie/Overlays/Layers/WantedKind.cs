namespace Allie.Overlays.Layers;

public enum WantedKind
{
    /// <summary>A file, symlink or special file with this content and metadata.</summary>
    Entry,

    /// <summary>A directory; one that exists is left as it is.</summary>
    Directory,

    /// <summary>Nothing of this name (.wh.NAME).</summary>
    Absent,

    /// <summary>The image's own (.keep.NAME): as if no layer spoke of it.</summary>
    Keep,

    /// <summary>Installed when nothing is there, never looked at again (NAME.allie-once).</summary>
    Once,
}
