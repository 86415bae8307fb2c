namespace Allie.Blandify;

public enum TreeAction
{
    /// <summary>New content (After) for a file; made when it is absent.</summary>
    Write,

    /// <summary>A symlink to After in the place of whatever is there.</summary>
    Link,

    /// <summary>A file, link or special file goes; never a directory.</summary>
    Delete,

    /// <summary>A file becomes empty and keeps its mode, owner and extended attributes. Its content is not in Before: it may be large.</summary>
    Truncate,

    /// <summary>A directory goes with all below it.</summary>
    RemoveTree,

    /// <summary>A directory for a file that comes next.</summary>
    MakeDirectory,

    /// <summary>A file or directory gets the path in After (one byte per char, from the image's root).</summary>
    Rename,

    /// <summary>Nothing is changed: the place is named. In a plan these are notes, never steps.</summary>
    Report,
}
