using System.Buffers.Binary;
using System.IO.Hashing;
using Allie.Files;
using Allie.Images.Fetch;

namespace Allie.Images.Digests;

/// <summary>
/// var/lib/allie/digests of an image: twelve bytes per entry, generated at publish, never edited. A PC compares its copy of the tree with
/// it by reading its own disk: the server reads nothing, and what an older image on the PC lent is not trusted by size and time.
/// </summary>
public sealed class DigestList
{
    /// <summary>Where it is in every published image; not in itself.</summary>
    public const string Path = "var/lib/allie/digests";

    private const int RecordBytes = 12;
    private static readonly byte[] Magic = "allie-digests 1\n"u8.ToArray();

    private readonly uint[] _keys;
    private readonly ulong[] _digests;

    private DigestList(uint[] keys, ulong[] digests)
    {
        _keys = keys;
        _digests = digests;
    }

    public int Count => _keys.Length;

    public static DigestList Of(IEnumerable<(ulong Key, ulong Digest)> records)
    {
        var sorted = records.Select(r => (Key: (uint)r.Key, r.Digest)).Order().ToArray();
        return new([.. sorted.Select(r => r.Key)], [.. sorted.Select(r => r.Digest)]);
    }

    /// <summary>Null when the bytes are damaged, or another version's.</summary>
    public static DigestList? TryParse(ReadOnlySpan<byte> bytes)
    {
        var body = bytes.Length - Magic.Length - sizeof(ulong);
        if (body < 0 || body % RecordBytes != 0 || !bytes.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]) != XxHash3.HashToUInt64(bytes[..^8]))
        {
            return null;
        }

        var (keys, digests) = (new uint[body / RecordBytes], new ulong[body / RecordBytes]);
        for (var i = 0; i < keys.Length; i++)
        {
            var record = bytes.Slice(Magic.Length + (i * RecordBytes), RecordBytes);
            keys[i] = BinaryPrimitives.ReadUInt32LittleEndian(record);
            digests[i] = BinaryPrimitives.ReadUInt64LittleEndian(record[4..]);
        }

        return new(keys, digests);
    }

    public byte[] Format()
    {
        var bytes = new byte[Magic.Length + (Count * RecordBytes) + sizeof(ulong)];
        Magic.CopyTo(bytes, 0);
        for (var i = 0; i < Count; i++)
        {
            var record = bytes.AsSpan(Magic.Length + (i * RecordBytes), RecordBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(record, _keys[i]);
            BinaryPrimitives.WriteUInt64LittleEndian(record[4..], _digests[i]);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(bytes.Length - 8), XxHash3.HashToUInt64(bytes.AsSpan(0, bytes.Length - 8)));
        return bytes;
    }

    /// <summary>Whether a path has a record: not the file system's own directory, our mark of a fetch, and the list, which cannot hold itself.</summary>
    public static bool Holds(ImagePath path)
    {
        var raw = path.Raw.AsSpan();
        return raw[..(raw.IndexOf('/') is var end and >= 0 ? end : raw.Length)] is not ("lost+found" or FetchCalls.UnderWay) && raw is not Path;
    }

    /// <summary>The digest of the one record with this key; null when it has none, or several: then nobody can say whose is which.</summary>
    public ulong? Only(ulong key) =>
        IndexOf((uint)key) is var at && at < Count && _keys[at] == (uint)key && (at + 1 == Count || _keys[at + 1] != (uint)key) ? _digests[at] : null;

    /// <summary>There is such an entry; a comparison under way may have met it already.</summary>
    public bool Has(ulong key, ulong digest)
    {
        for (var at = IndexOf((uint)key); at < Count && _keys[at] == (uint)key; at++)
        {
            if (_digests[at] == digest)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One entry is another now. A list that has it already stays as it is.</summary>
    public void Replace(ulong key, ulong before, ulong after)
    {
        for (var at = IndexOf((uint)key); at < Count && _keys[at] == (uint)key; at++)
        {
            if (_digests[at] == before)
            {
                _digests[at] = after;
                return;
            }
        }
    }

    /// <summary>A comparison under way: each record is met once.</summary>
    public sealed class Tally(DigestList list)
    {
        private readonly bool[] _met = new bool[list.Count];

        public int Missing { get; private set; } = list.Count;

        /// <summary>False when the image has no such entry, or another one in its place.</summary>
        public bool Meet(ulong key, ulong digest)
        {
            for (var at = list.IndexOf((uint)key); at < list.Count && list._keys[at] == (uint)key; at++)
            {
                if (!_met[at] && list._digests[at] == digest)
                {
                    _met[at] = true;
                    Missing--;
                    return true;
                }
            }

            return false;
        }

        /// <summary>Takes a meeting back: that entry is about to be written, and to be met again.</summary>
        public void Forget(ulong key, ulong digest)
        {
            for (var at = list.IndexOf((uint)key); at < list.Count && list._keys[at] == (uint)key; at++)
            {
                if (_met[at] && list._digests[at] == digest)
                {
                    _met[at] = false;
                    Missing++;
                    return;
                }
            }
        }
    }

    private int IndexOf(uint key)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _keys[middle] < key ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
