namespace Allie.Images;

/// <summary>What a target holds when its fetch begins.</summary>
public enum FetchStart
{
    /// <summary>Nothing, or what an earlier try for this very generation brought: rsync's own checksums were over all of it.</summary>
    Empty,

    /// <summary>
    /// Files that something else brought: a clone, an older generation, a system that ran. Never in place (a hard link that the new
    /// generation does not have), and equal size and time prove nothing about their content.
    /// </summary>
    Other,
}
