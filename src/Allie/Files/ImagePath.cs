using System.Text;
using Allie.Errors;

namespace Allie.Files;

/// <summary>
/// A path inside an image, relative to its root. File names are bytes: each byte is held as one char (Latin-1), so that any name
/// survives and ordinal comparison is byte comparison. Never holds an empty, "." or ".." component, a leading slash or a NUL.
/// </summary>
public readonly record struct ImagePath : IComparable<ImagePath>
{
    private readonly string? _raw;

    private ImagePath(string raw) => _raw = raw;

    /// <summary>The image's top directory.</summary>
    public static ImagePath Root => new("");

    /// <summary>The bytes, one per char.</summary>
    public string Raw => _raw ?? "";

    public bool IsRoot => Raw.Length == 0;

    /// <summary>The last component (one byte per char); empty for the root.</summary>
    public string Name => Raw[(Raw.LastIndexOf('/') + 1)..];

    /// <summary>The directory that holds this path; the root's parent is the root.</summary>
    public ImagePath Parent => Raw.LastIndexOf('/') is var i and >= 0 ? new(Raw[..i]) : Root;

    public IEnumerable<string> Components => IsRoot ? [] : Raw.Split('/');

    /// <summary>From bytes as the kernel or rsync gives them. Leading and doubled slashes and "." are dropped.</summary>
    /// <exception cref="UserError">The path has a ".." component or a NUL.</exception>
    public static ImagePath FromBytes(ReadOnlySpan<byte> bytes) => FromRaw(Encoding.Latin1.GetString(bytes));

    /// <summary>From ordinary text, encoded as UTF-8.</summary>
    /// <exception cref="UserError">The path has a ".." component or a NUL.</exception>
    public static ImagePath Of(string text) => FromBytes(Encoding.UTF8.GetBytes(text));

    /// <summary>From the one-byte-per-char form.</summary>
    /// <exception cref="UserError">The path has a ".." component or a NUL.</exception>
    public static ImagePath FromRaw(string raw)
    {
        if (IsPlain(raw))
        {
            return new(raw);
        }

        if (raw.Contains('\0'))
        {
            throw UserError.Refused($"path '{RawName.Display(raw)}' holds a NUL byte");
        }

        var parts = raw.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".").ToArray();
        if (parts.Contains(".."))
        {
            throw UserError.Refused($"path '{RawName.Display(raw)}' leaves the image", "name it from the image's root, without '..'");
        }

        return new(string.Join('/', parts));
    }

    /// <summary>Nothing to drop and nothing to refuse, told without taking it apart: lists of many thousand paths are read.</summary>
    private static bool IsPlain(ReadOnlySpan<char> raw) =>
        raw.Length > 0 && raw[0] is not ('/' or '.') && raw[^1] != '/' && !raw.Contains('\0')
        && !raw.Contains("//", StringComparison.Ordinal) && !raw.Contains("/.", StringComparison.Ordinal);

    /// <summary>The child of this name (one byte per char, no slash).</summary>
    public ImagePath Join(string rawName) => new(IsRoot ? rawName : $"{Raw}/{rawName}");

    /// <summary>This path below another one.</summary>
    public ImagePath Under(ImagePath top) => top.IsRoot ? this : IsRoot ? top : new($"{top.Raw}/{Raw}");

    /// <summary>True for the directory itself and all below it.</summary>
    public bool IsAtOrBelow(ImagePath directory) =>
        directory.IsRoot || Raw == directory.Raw || Raw.StartsWith(directory.Raw + "/", StringComparison.Ordinal);

    public byte[] ToBytes() => Encoding.Latin1.GetBytes(Raw);

    public int CompareTo(ImagePath other) => string.CompareOrdinal(Raw, other.Raw);

    public static bool operator <(ImagePath left, ImagePath right) => left.CompareTo(right) < 0;

    public static bool operator >(ImagePath left, ImagePath right) => left.CompareTo(right) > 0;

    public static bool operator <=(ImagePath left, ImagePath right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ImagePath left, ImagePath right) => left.CompareTo(right) >= 0;

    /// <summary>For people, absolute: UTF-8 where it is valid, other bytes and control characters as \xNN.</summary>
    public override string ToString() => "/" + RawName.Display(Raw);
}
