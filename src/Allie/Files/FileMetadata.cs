namespace Allie.Files;

/// <summary>
/// What a file carries besides its content. ACLs and capabilities are extended attributes (system.posix_acl_*, security.capability).
/// Extended attribute names are in the one-byte-per-char form.
/// </summary>
public sealed record FileMetadata(int Permissions, uint Uid, uint Gid, long MtimeNs, IReadOnlyDictionary<string, byte[]> Xattrs)
{
    public static readonly IReadOnlyDictionary<string, byte[]> NoXattrs = new Dictionary<string, byte[]>();

    /// <summary>root:root without extended attributes.</summary>
    public static FileMetadata Root(int permissions, long mtimeNs) => new(permissions, 0, 0, mtimeNs, NoXattrs);

    /// <summary>Same mode, owner and extended attributes; times do not count.</summary>
    public bool SameAs(FileMetadata other) =>
        Permissions == other.Permissions && Uid == other.Uid && Gid == other.Gid && Xattrs.Count == other.Xattrs.Count
        && Xattrs.All(x => other.Xattrs.TryGetValue(x.Key, out var value) && value.AsSpan().SequenceEqual(x.Value));
}
