using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Allie.Files;

namespace Allie.Overlays.State;

/// <summary>
/// Comparisons of an earlier run that still hold, so that a run with nothing to do reads no file. Each is known by a digest of all that was
/// compared: path, device, inode, ctime, size, mode and owner of every file in it. Whatever changes a file changes its ctime, also where size
/// and mtime are put back; so an entry never needs to be taken out, it is just not found any more.
/// </summary>
public sealed class SeenStates
{
    private const int Row = 17;
    private const long CoarseNs = 2_500_000_000;
    private const long FineNs = 100_000_000;
    private static readonly byte[] Magic = "allie01\n"u8.ToArray();

    private readonly Dictionary<UInt128, byte> _known = [];
    private readonly Dictionary<UInt128, byte> _used = [];

    /// <param name="file">What <see cref="Format"/> gave; missing or damaged it is empty, and all is compared again.</param>
    public SeenStates(byte[]? file)
    {
        if (file is null || file.Length < Magic.Length + 8 || (file.Length - Magic.Length - 8) % Row != 0 || !file.AsSpan(0, Magic.Length).SequenceEqual(Magic)
            || BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(file.Length - 8)) != XxHash3.HashToUInt64(file.AsSpan(0, file.Length - 8)))
        {
            return;
        }

        for (var at = Magic.Length; at < file.Length - 8; at += Row)
        {
            _known[BinaryPrimitives.ReadUInt128LittleEndian(file.AsSpan(at))] = file[at + Row - 1];
        }
    }

    /// <summary>Something was compared that the file does not have, or it has much that is of no use any more.</summary>
    public bool IsWorthKeeping => _used.Keys.Any(k => !_known.ContainsKey(k)) || _known.Count > _used.Count * 2;

    /// <param name="path">In the image.</param>
    /// <param name="files">What is there, and each of what it is compared with; null where there is none.</param>
    /// <param name="extra">What else decides: the values that a template is rendered with.</param>
    public static UInt128 Key(ImagePath path, ReadOnlySpan<FileFacts?> files, ulong extra)
    {
        var hash = new XxHash128();
        hash.Append(Encoding.Latin1.GetBytes(path.Raw));
        Span<byte> row = stackalloc byte[48];
        foreach (var file in files)
        {
            row.Clear();
            if (file is { } facts)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(row, facts.Inode);
                BinaryPrimitives.WriteInt64LittleEndian(row[8..], facts.CtimeNs);
                BinaryPrimitives.WriteInt64LittleEndian(row[16..], facts.Size);
                BinaryPrimitives.WriteUInt32LittleEndian(row[24..], (uint)facts.Kind | (uint)facts.Permissions);
                BinaryPrimitives.WriteUInt32LittleEndian(row[28..], facts.DeviceMajor);
                BinaryPrimitives.WriteUInt32LittleEndian(row[32..], facts.DeviceMinor);
                BinaryPrimitives.WriteUInt32LittleEndian(row[36..], facts.Uid);
                BinaryPrimitives.WriteUInt32LittleEndian(row[40..], facts.Gid);
                row[44] = 1;
            }

            hash.Append(row);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(row, extra);
        hash.Append(row[..8]);
        return hash.GetCurrentHashAsUInt128();
    }

    /// <summary>
    /// Old enough that any later change has another ctime. A kernel's file times move in steps of up to 10 ms, those of some file systems in
    /// whole seconds.
    /// </summary>
    public static bool IsSettled(FileFacts file, long nowNs) => nowNs - file.CtimeNs > (file.CtimeNs % 1_000_000_000 == 0 ? CoarseNs : FineNs);

    public static ulong Digest(string text) => XxHash3.HashToUInt64(Encoding.Latin1.GetBytes(text));

    /// <summary>Null when it was not compared before.</summary>
    public byte? Find(UInt128 key)
    {
        if (!_known.TryGetValue(key, out var outcome))
        {
            return null;
        }

        _used[key] = outcome;
        return outcome;
    }

    public void Add(UInt128 key, byte outcome) => _used[key] = outcome;

    public byte[] Format()
    {
        var file = new byte[Magic.Length + (_used.Count * Row) + 8];
        Magic.CopyTo(file, 0);
        var at = Magic.Length;
        foreach (var (key, outcome) in _used)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(file.AsSpan(at), key);
            file[at + Row - 1] = outcome;
            at += Row;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(at), XxHash3.HashToUInt64(file.AsSpan(0, at)));
        return file;
    }
}
