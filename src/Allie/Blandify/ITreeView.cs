using Allie.Files;

namespace Allie.Blandify;

/// <summary>What a rule may see of a tree. Texts are in the one-byte-per-char form: bytes in, bytes out.</summary>
public interface ITreeView
{
    /// <summary>Of the entry itself; null when absent.</summary>
    FileFacts? Find(ImagePath path);

    /// <summary>Bytes of a text that a rule reads at most; what is larger is no configuration, and an image may be hostile.</summary>
    const long MostText = 16 << 20;

    /// <summary>Null when absent, larger than <see cref="MostText"/>, or no regular file: a symlink of an image is never followed for its content.</summary>
    string? Text(ImagePath path);

    /// <summary>Target of a symlink; null when it is none.</summary>
    string? LinkTarget(ImagePath path);

    /// <summary>The names in a directory (one byte per char); empty when there is none.</summary>
    IReadOnlyList<string> Names(ImagePath directory);

    /// <summary>The names in a directory with their kinds; empty when there is none.</summary>
    IReadOnlyList<(string Name, FileKind Kind)> Entries(ImagePath directory) =>
        [.. Names(directory).Select(n => (n, Find(directory.Join(n))?.Kind ?? FileKind.Regular))];

    /// <summary>Whether a file has capabilities (security.capability); null where extended attributes are not seen.</summary>
    bool? HasCapabilities(ImagePath path) => null;

    /// <summary>Where the content of a path is now: elsewhere when it is only decided so far that the entry is to be renamed.</summary>
    ImagePath Unmoved(ImagePath path) => path;

    /// <summary>Where a symlink ends inside the tree, with its directories resolved; the path itself for anything else, null when it ends nowhere.</summary>
    ImagePath? Follow(ImagePath path) => Find(path) is { IsSymlink: false } ? path : null;
}
