using Allie.Files;
using Allie.Images.Digests;

namespace Allie.Linux.Images.Digests;

/// <summary>
/// Collects the list of digests of a generation while its tree is built. A file that nobody touched since it was copied from the generation
/// before has that one's digest: it is not read, and PCs compare with what was published then.
/// </summary>
/// <param name="before">The list of the generation that the work tree was copied from; null for none.</param>
internal sealed class GenerationDigests(DigestList? before)
{
    private readonly List<(ulong Key, ulong Digest)> _records = [];
    private readonly LinkSets _links = new();

    internal DigestList List => DigestList.Of(_records.Concat(_links.Records));

    /// <summary>Null where it cannot be told whose the record is: then the file has to be read.</summary>
    internal ulong? Before(ImagePath path) => before?.Only(EntryDigest.KeyOf(path));

    internal ulong Add(ImagePath path, FileFacts facts, IReadOnlyDictionary<string, byte[]> xattrs, ulong content) =>
        Add(path, facts, EntryDigest.Of(path, facts, new(facts.Permissions, facts.Uid, facts.Gid, facts.MtimeNs, xattrs), content));

    internal ulong Add(ImagePath path, FileFacts facts, ulong digest)
    {
        if (!DigestList.Holds(path))
        {
            return digest;
        }

        var key = EntryDigest.KeyOf(path);
        _records.Add((key, digest));
        _links.Meet(facts, key);
        return digest;
    }
}
