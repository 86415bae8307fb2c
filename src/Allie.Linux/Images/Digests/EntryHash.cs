using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Allie.Files;
using Allie.Images.Digests;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Images.Digests;

/// <summary>
/// The hash of one entry for the catalogue: kind, mode, owner, time, extended attributes, and content (a link's target, a device's
/// numbers). Read in pieces: a file may be larger than the memory. Not in it: the link count, which other generations change, and a directory's size.
/// The same reading gives the content's hash for the list that PCs compare with.
/// </summary>
internal sealed class EntryHash
{
    private readonly XxHash3 _hash = new();
    private readonly XxHash3 _content = new();
    private readonly byte[] _buffer = new byte[1 << 17];

    /// <summary>Of the last entry, as <see cref="EntryDigest"/> wants it: a file's bytes or a link's target; 0 for others.</summary>
    internal ulong Content { get; private set; }

    internal ulong Of(Fd directory, byte[] leaf, FileFacts facts, string shown) => Of(directory, leaf, facts, Xattrs.Read(directory, leaf, shown), shown);

    internal ulong Of(Fd directory, byte[] leaf, FileFacts facts, IReadOnlyDictionary<string, byte[]> xattrs, string shown)
    {
        _hash.Reset();
        _content.Reset();
        Content = 0;
        Span<byte> head = stackalloc byte[48];
        BinaryPrimitives.WriteInt32LittleEndian(head, (int)facts.Kind | facts.Permissions);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], facts.Uid);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], facts.Gid);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], facts.MtimeNs);
        BinaryPrimitives.WriteInt64LittleEndian(head[24..], facts.IsDirectory ? 0 : facts.Size);
        BinaryPrimitives.WriteUInt32LittleEndian(head[32..], facts.SpecialMajor);
        BinaryPrimitives.WriteUInt32LittleEndian(head[36..], facts.SpecialMinor);
        BinaryPrimitives.WriteInt32LittleEndian(head[40..], xattrs.Count);
        _hash.Append(head);
        foreach (var (name, value) in xattrs.OrderBy(x => x.Key, StringComparer.Ordinal))
        {
            _hash.Append(Encoding.Latin1.GetBytes($"{name}\0{value.Length}\0"));
            _hash.Append(value);
        }

        if (facts.IsSymlink)
        {
            var target = Encoding.Latin1.GetBytes(ImageRoot.ReadLinkAt(directory, leaf, shown));
            _hash.Append(target);
            Content = XxHash3.HashToUInt64(target);
        }
        else if (facts.IsRegular && facts.Size > 0)
        {
            using var file = Fd.Open(directory.Number, leaf, Flags.ReadOnly | Flags.NoFollow | Flags.NonBlock, shown);
            for (int count; (count = file.Read(_buffer, shown)) > 0;)
            {
                _hash.Append(_buffer.AsSpan(0, count));
                _content.Append(_buffer.AsSpan(0, count));
            }

            Content = _content.GetCurrentHashAsUInt64();
        }

        return _hash.GetCurrentHashAsUInt64();
    }
}
