using System.Buffers.Binary;
using System.IO.Hashing;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;

namespace Allie.Linux.Images;

/// <summary>
/// Beside a work tree that was copied from a generation, .work/.NAME.basis: each file's inode, its time of last change of any kind (ctime,
/// which no program can set back), and its path. What has them still at publish is the generation's own file: it is linked without being read.
/// </summary>
internal sealed class WorkBasis
{
    // A change so soon after the copy could carry the same ctime: the kernel's clock for it ticks every few milliseconds.
    private const long SafeDistance = 100_000_000;

    private const int HeadBytes = 8, EntryBytes = 24;
    private readonly Dictionary<ulong, (long Ctime, ulong Path)> _entries = [];

    private WorkBasis(int generation) => Generation = generation;

    internal int Generation { get; }

    internal static WorkBasis? TryRead(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(file).AsSpan();
        if (bytes.Length < HeadBytes || (bytes.Length - HeadBytes) % EntryBytes != 0)
        {
            return null;
        }

        var basis = new WorkBasis(BinaryPrimitives.ReadInt32LittleEndian(bytes));
        for (var at = bytes[HeadBytes..]; !at.IsEmpty; at = at[EntryBytes..])
        {
            basis._entries[BinaryPrimitives.ReadUInt64LittleEndian(at)] = (BinaryPrimitives.ReadInt64LittleEndian(at[8..]), BinaryPrimitives.ReadUInt64LittleEndian(at[16..]));
        }

        return basis;
    }

    /// <summary>The tree was copied just now, and nobody has changed it yet.</summary>
    internal static void Write(string file, int generation, string workTree)
    {
        var basis = new WorkBasis(generation);
        using (var top = Fd.Open(Flags.AtFdCwd, Bytes.Of(workTree), Flags.ReadOnly | Flags.Directory | Flags.NoFollow, workTree))
        {
            basis.Look(top, ImagePath.Root, workTree);
        }

        var safe = ImageRoot.Now - SafeDistance;
        var bytes = new MemoryStream();
        Span<byte> entry = stackalloc byte[EntryBytes];
        BinaryPrimitives.WriteInt64LittleEndian(entry, generation);
        bytes.Write(entry[..HeadBytes]);
        foreach (var (inode, (ctime, path)) in basis._entries.Where(e => e.Value.Ctime < safe))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(entry, inode);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], ctime);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[16..], path);
            bytes.Write(entry);
        }

        AtomicFile.Write(file, bytes.ToArray(), 0x180);
    }

    internal bool IsUntouched(FileFacts facts, ImagePath path) =>
        _entries.TryGetValue(facts.Inode, out var known) && known.Ctime == facts.CtimeNs && known.Path == Sign(path);

    private void Look(Fd directory, ImagePath path, string shown)
    {
        foreach (var name in ImageRoot.ListOf(directory, shown))
        {
            var leaf = Bytes.OfRaw(name);
            var facts = ImageRoot.StatOf(directory, leaf, 0, shown);
            if (facts.IsDirectory)
            {
                using var below = Fd.Open(directory.Number, leaf, Flags.ReadOnly | Flags.Directory | Flags.NoFollow, shown);
                Look(below, path.Join(name), shown);
            }
            else
            {
                _entries.TryAdd(facts.Inode, (facts.CtimeNs, Sign(path.Join(name)))); // of several names of one file, the first: publish links the others to it
            }
        }
    }

    private static ulong Sign(ImagePath path) => XxHash64.HashToUInt64(System.Runtime.InteropServices.MemoryMarshal.AsBytes(path.Raw.AsSpan()));
}
