using Allie.Files;

namespace Allie.Overlays.Diff;

/// <summary>One side of a difference.</summary>
/// <param name="Facts">Of the entry.</param>
/// <param name="Metadata">Of the entry.</param>
/// <param name="Text">A small text file's content, one byte per char; null for what is too large or no text.</param>
/// <param name="LinkTo">A symlink's target.</param>
public sealed record Side(FileFacts Facts, FileMetadata Metadata, string? Text, string? LinkTo)
{
    public string Kind => Facts.Kind switch
    {
        FileKind.Regular => "file",
        FileKind.Symlink => "link",
        FileKind.Directory => "directory",
        FileKind.Fifo => "fifo",
        FileKind.Socket => "socket",
        _ => "device",
    };
}
