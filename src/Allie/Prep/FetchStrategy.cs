using Allie.Errors;

namespace Allie.Prep;

/// <summary>How an image gets into a slot. Names are in the journal; people type them with a hyphen.</summary>
public enum FetchStrategy
{
    /// <summary>All of it from the server onto a fresh file system.</summary>
    Full,

    /// <summary>The used blocks of an inactive slot that holds another generation, made a file system of its own; then what differs from the server.</summary>
    BlockClone,

    /// <summary>A fresh file system and the files of another slot or of the running system; then what differs from the server.</summary>
    FileClone,

    /// <summary>The slot holds another generation of the image: what differs from the server.</summary>
    InPlace,
}

public static class FetchStrategies
{
    public const string Names = "full, block-clone, file-clone, in-place";

    public static string Word(this FetchStrategy strategy) => strategy switch
    {
        FetchStrategy.BlockClone => "block-clone",
        FetchStrategy.FileClone => "file-clone",
        FetchStrategy.InPlace => "in-place",
        _ => "full",
    };

    /// <exception cref="UserError">Exit 2.</exception>
    public static FetchStrategy Parse(string word) =>
        Enum.GetValues<FetchStrategy>().Cast<FetchStrategy?>().FirstOrDefault(s => s!.Value.Word() == word)
        ?? throw UserError.Refused($"there is no strategy '{word}'", "one of: " + Names);
}
