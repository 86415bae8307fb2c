using Allie.Images.Digests;
using Allie.Linux.Files;
using Allie.Linux.Images.Digests;

namespace Allie.Linux.Tests.Images.Digests;

/// <summary>The list of digests of a tree by reading all of it, as a PC sees its own copy.</summary>
internal static class ReadDigests
{
    internal static DigestList Of(ImageRoot root)
    {
        var records = new List<(ulong, ulong)>();
        var links = new LinkSets();
        DigestReading.All(root, entry =>
        {
            records.Add((entry.Key, entry.Digest));
            links.Meet(entry.Facts, entry.Key);
        });
        return DigestList.Of([.. records, .. links.Records]);
    }
}
