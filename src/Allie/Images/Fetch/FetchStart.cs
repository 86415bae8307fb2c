namespace Allie.Images.Fetch;

/// <summary>What a target holds when its fetch begins.</summary>
public enum FetchStart
{
    /// <summary>Nothing: rsync's own checksums are over all that comes.</summary>
    Empty,

    /// <summary>
    /// Files that something else brought: a clone, an older generation, a system that ran, a run that a power cut ended. Never in place (a hard link that the new
    /// generation does not have), and equal size and time prove nothing about their content.
    /// </summary>
    Other,
}
