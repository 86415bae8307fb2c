using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Allie.Files;

namespace Allie.Images.Digests;

/// <summary>
/// One entry of a tree in eight bytes: type, mode, owner, time, extended attributes, and the content or the link's target. Against
/// accident (a rotten block, a torn copy), not against an attacker.
/// </summary>
public static class EntryDigest
{
    // The directories in which a fetch or a mark of ours leaves its trace: their time is not the image's.
    private static readonly ImagePath OwnDirectory = ImagePath.Of(DigestList.Path).Parent;

    /// <summary>Which record is whose. Two paths may share one: then the digest decides.</summary>
    public static ulong KeyOf(ImagePath path) => XxHash3.HashToUInt64(path.ToBytes());

    /// <param name="path">Where in the tree.</param>
    /// <param name="facts">Its type, its size, its number as a device.</param>
    /// <param name="metadata">Its mode, owner, time, attributes.</param>
    /// <param name="content">Hash of a regular file's bytes or a symlink's target; 0 for others.</param>
    public static ulong Of(ImagePath path, FileFacts facts, FileMetadata metadata, ulong content)
    {
        Span<byte> head = stackalloc byte[52];
        BinaryPrimitives.WriteInt32LittleEndian(head, (int)facts.Kind);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], facts.IsSymlink ? 0 : metadata.Permissions);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], metadata.Uid);
        BinaryPrimitives.WriteUInt32LittleEndian(head[12..], metadata.Gid);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], path.IsRoot || path == OwnDirectory ? 0 : metadata.MtimeNs);
        BinaryPrimitives.WriteInt64LittleEndian(head[24..], facts.IsRegular ? facts.Size : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(head[32..], facts.SpecialMajor);
        BinaryPrimitives.WriteUInt32LittleEndian(head[36..], facts.SpecialMinor);
        BinaryPrimitives.WriteUInt64LittleEndian(head[40..], content);
        if (metadata.Xattrs.Count == 0)
        {
            return XxHash3.HashToUInt64(head); // nearly every entry; the same number for a fraction of the work
        }

        var hash = new XxHash3();
        hash.Append(head);
        foreach (var (name, value) in metadata.Xattrs.Where(x => IsTheImages(x.Key)).OrderBy(x => x.Key, StringComparer.Ordinal))
        {
            hash.Append(Encoding.Latin1.GetBytes($"{name}\0{value.Length}\0"));
            hash.Append(value);
        }

        return hash.GetCurrentHashAsUInt64();
    }

    /// <summary>A set of names of one file. The order in which they were met does not count.</summary>
    /// <param name="keys">All their keys, xor-ed.</param>
    /// <param name="names">How many.</param>
    public static ulong OfLinks(ulong keys, int names) => keys * 0x9E37_79B9_7F4A_7C15 ^ (ulong)names;

    /// <summary>What rsync -X -A carries. SELinux labels and integrity signatures are the running kernel's matter, others the file system's own.</summary>
    private static bool IsTheImages(string name) =>
        name is "system.posix_acl_access" or "system.posix_acl_default"
        || name.StartsWith("user.", StringComparison.Ordinal)
        || (name.StartsWith("trusted.", StringComparison.Ordinal) && !name.StartsWith("trusted.SGI_ACL_", StringComparison.Ordinal)) // XFS shows its ACLs so, too
        || (name.StartsWith("security.", StringComparison.Ordinal) && name is not ("security.selinux" or "security.ima" or "security.evm"));
}
