namespace Allie.Overlays.State;

/// <summary>What applied/ or undo/ holds for one path.</summary>
public enum StateKind
{
    None,

    /// <summary>A file, symlink or special file.</summary>
    Entry,

    /// <summary>Nothing was there (undo), or nothing is to be there (applied).</summary>
    Absent,

    /// <summary>A whole directory with all that was in it (undo of a .wh.).</summary>
    Tree,

    /// <summary>A directory's own mode, owner and attributes; in applied also: we made it.</summary>
    Directory,
}
