using System.Collections.Concurrent;
using Allie.Blandify.Leaks;
using Allie.Blandify.Rules.Initramfs;
using Allie.Files;
using Allie.Linux.Files;
using Allie.Linux.Native;
using Allie.Linux.Processes;

namespace Allie.Linux.Blandify.Leaks;

/// <summary>
/// Looks into compressed files, and into an initramfs behind its uncompressed beginning. Not into those of packages: what they bring has nothing of a machine,
/// and there are thousands. A file may be made to unpack without end, so both one file and a tree have their limit; what was not seen is said.
/// </summary>
/// <param name="runner">For the tools that unpack.</param>
/// <param name="mostOfFile">Bytes that one file may unpack to.</param>
/// <param name="mostOfTree">Bytes that all of a tree's may.</param>
public sealed class PackedFiles(IRunner runner, long mostOfFile = 1L << 30, long mostOfTree = 16L << 30)
{
    private readonly Unpacking _unpacking = new(runner);
    private readonly ConcurrentDictionary<string, (ImagePath First, int Count)> _unseen = new(StringComparer.Ordinal);
    private readonly long _mostOfTree = mostOfTree;
    private long _left = mostOfTree;

    /// <summary>What was not looked into: why, how many, and the first.</summary>
    internal IEnumerable<string> Notes =>
        _unseen.Select(u => $"{u.Value.First}{(u.Value.Count > 1 ? $" and {u.Value.Count - 1} more" : "")} {(u.Value.Count > 1 ? "were" : "was")} not looked into as a whole: {u.Key}");

    internal delegate int Source(Span<byte> buffer);

    /// <param name="file">Where it stands does not matter.</param>
    /// <param name="path">Of the file.</param>
    /// <param name="search">Called with what is unpacked, when the file is a compressed one.</param>
    internal void Look(Fd file, ImagePath path, Action<Source> search)
    {
        if (SitePlaces.IsOfPackages(path))
        {
            return;
        }

        Span<byte> magic = stackalloc byte[Unpacking.MagicBytes];
        _ = Libc.lseek(file.Number, 0, 0);
        magic = magic[..file.Read(magic, path.ToString())];
        var isArchive = magic.SequenceEqual("070701"u8);
        if (!isArchive && Unpacking.ToolFor(magic) is null)
        {
            return;
        }

        _ = Libc.lseek(file.Number, 0, 0);
        using var stream = file.Stream(FileAccess.Read);
        try
        {
            if ((isArchive ? Behind(stream) : Unpacking.ToolFor(magic)) is { } tool)
            {
                _unpacking.Unpack(tool, stream, unpacked => Limited(unpacked, path, search));
            }
        }
        catch (InvalidDataException e)
        {
            Unseen(path, e.Message);
        }
    }

    /// <summary>An initramfs begins with plain archives, which have been searched as they are; the stream then stands at the compressed one.</summary>
    private static string? Behind(FileStream stream)
    {
        long position = 0;
        var magic = NewcArchive.Read(stream, ref position, new Dictionary<string, string?>());
        stream.Position = position - magic.Length;
        return Unpacking.ToolFor(magic);
    }

    private void Limited(Stream unpacked, ImagePath path, Action<Source> search)
    {
        long seen = 0;
        search(buffer =>
        {
            var room = (int)Math.Min(buffer.Length, Math.Min(mostOfFile - seen, Interlocked.Read(ref _left)));
            if (room <= 0)
            {
                Unseen(path, $"more than {(seen >= mostOfFile ? $"{mostOfFile >> 20} MiB in one file" : $"{_mostOfTree >> 20} MiB in one tree")} are unpacked for nobody");
                return 0;
            }

            try
            {
                var count = unpacked.Read(buffer[..room]);
                seen += count;
                Interlocked.Add(ref _left, -count);
                return count;
            }
            catch (InvalidDataException e)
            {
                Unseen(path, e.Message); // what came before it is searched
                return 0;
            }
        });
    }

    private void Unseen(ImagePath path, string why) => _unseen.AddOrUpdate(why, (path, 1), (_, known) => (known.First, known.Count + 1));
}
