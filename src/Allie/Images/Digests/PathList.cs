using System.Buffers.Binary;
using System.IO.Hashing;
using Allie.Files;

namespace Allie.Images.Digests;

/// <summary>
/// var/lib/allie/paths of an image: the path of every entry, sorted, generated at publish. With the digests it tells a PC which few
/// entries of its older copy it must ask for: neither side then walks the whole tree for rsync. Kept as bytes; an image has many.
/// </summary>
public sealed class PathList
{
    public const string Path = "var/lib/allie/paths";

    private static readonly byte[] Magic = "allie-paths 1\n"u8.ToArray();
    private readonly byte[] _bytes;

    private PathList(byte[] bytes) => _bytes = bytes;

    /// <summary>Read anew each time it is gone through.</summary>
    public IEnumerable<ImagePath> All
    {
        get
        {
            var before = "";
            for (var at = Magic.Length; at < _bytes.Length - sizeof(ulong);)
            {
                before = FrontCoding.Read(_bytes, ref at, before);
                yield return ImagePath.FromRaw(before);
            }
        }
    }

    public static byte[] Format(IEnumerable<ImagePath> paths)
    {
        var bytes = new MemoryStream();
        bytes.Write(Magic);
        var before = "";
        foreach (var path in paths.Order())
        {
            FrontCoding.Write(bytes, path.Raw, before);
            before = path.Raw;
        }

        Span<byte> sum = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(sum, XxHash3.HashToUInt64(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        bytes.Write(sum);
        return bytes.ToArray();
    }

    /// <summary>Null when the bytes are damaged, or another version's.</summary>
    public static PathList? TryParse(byte[] bytes) =>
        bytes.Length >= Magic.Length + sizeof(ulong) && bytes.AsSpan().StartsWith(Magic)
        && BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(bytes.Length - sizeof(ulong))) == XxHash3.HashToUInt64(bytes.AsSpan(0, bytes.Length - sizeof(ulong)))
            ? new(bytes)
            : null;
}
