using System.Buffers.Binary;
using System.IO.Hashing;
using Allie.Errors;
using Allie.Files;

namespace Allie.Images.Digests;

/// <summary>
/// What every path of a generation was when it was published. Generated, beside the tree, may be thrown away and made again. It guards
/// against accident (bit rot, a write into a served tree), not against who can write to the store.
/// Each entry is stored as what its path shares with the one before, the rest, and 8 bytes of hash: 100,000 files take about 1.1 MB.
/// </summary>
public sealed class Catalogue
{
    private const int HashBytes = 8;
    private static readonly byte[] Magic = "allie catalogue 2\n"u8.ToArray();
    private readonly Dictionary<ImagePath, ulong> _hashes;

    private Catalogue(Dictionary<ImagePath, ulong> hashes) => _hashes = hashes;

    public static Catalogue Empty { get; } = new([]);

    public IReadOnlyDictionary<ImagePath, ulong> Hashes => _hashes;

    public static byte[] Format(IEnumerable<CatalogueEntry> entries)
    {
        var bytes = new MemoryStream();
        bytes.Write(Magic);
        var before = "";
        Span<byte> hash = stackalloc byte[HashBytes];
        foreach (var (path, value) in entries)
        {
            FrontCoding.Write(bytes, path.Raw, before);
            BinaryPrimitives.WriteUInt64LittleEndian(hash, value);
            bytes.Write(hash);
            before = path.Raw;
        }

        bytes.Write(XxHash3.Hash(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        return bytes.ToArray();
    }

    /// <exception cref="UserError">Not a catalogue, or one that is damaged itself.</exception>
    public static Catalogue Parse(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.Length < Magic.Length + HashBytes || !bytes.StartsWith(Magic) || !XxHash3.Hash(bytes[..^HashBytes]).AsSpan().SequenceEqual(bytes[^HashBytes..]))
        {
            throw new UserError($"cannot read {file}: the catalogue is damaged, or an older allie wrote it", "compare the generation with a mirror's; allie image verify NAME@GEN --rebuild makes a new one of the tree as it is");
        }

        var hashes = new Dictionary<ImagePath, ulong>();
        var rest = bytes[Magic.Length..^HashBytes];
        var before = "";
        for (var at = 0; at < rest.Length; at += HashBytes)
        {
            before = FrontCoding.Read(rest, ref at, before);
            hashes[ImagePath.FromRaw(before)] = BinaryPrimitives.ReadUInt64LittleEndian(rest[at..]);
        }

        return new(hashes);
    }
}
