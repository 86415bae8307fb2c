using Allie.Files;
using Allie.Images;
using Allie.Images.Digests;
using Allie.Linux.Files;
using Allie.Linux.Images.Digests;
using Allie.Linux.Native;

namespace Allie.Linux.Images;

/// <summary>
/// Makes a generation's tree out of a work tree: directories of its own, files as hard links. What an older generation has just the same
/// (bytes, metadata, extended attributes) becomes a link to that one's, so that a generation costs what changed; all else to the work tree's,
/// which goes away afterwards; of those a file with the same bytes shares its blocks with the older one where the file system can.
/// The work tree is read and linked, never written.
/// </summary>
/// <param name="basis">The older generation's tree and catalogue; null for none.</param>
/// <param name="copied">Says which files were copied from the basis and not touched since; null when it was made otherwise.</param>
/// <param name="before">The basis' list of digests, for those files; null for none.</param>
internal sealed class GenerationBuilder((string Tree, Catalogue Catalogue)? basis, WorkBasis? copied, DigestList? before)
{
    private readonly EntryHash _hash = new();
    private readonly List<CatalogueEntry> _entries = [];
    private readonly List<ImagePath> _sparse = [];
    private readonly Dictionary<ulong, (ImagePath Path, ulong Hash, ulong Digest)> _linked = []; // files of the work tree with several names
    private readonly HashSet<ulong> _taken = []; // files of the basis that have a name here: two separate files must not become one
    private readonly GenerationDigests _digests = new(before);
    private readonly TreeWeights _weights = new();
    private Fd? _target;
    private bool _blocksAreShareable = true;

    internal IReadOnlyList<CatalogueEntry> Entries => _entries;

    /// <summary>The files with holes.</summary>
    internal IReadOnlyList<ImagePath> Sparse => _sparse;

    /// <summary>What PCs compare their copy with.</summary>
    internal DigestList Digests => _digests.List;

    /// <summary>How large it is.</summary>
    internal ImageFacts Facts => _weights.Facts;

    /// <summary>Files, links and special files that the basis has too.</summary>
    internal int Shared { get; private set; }

    /// <summary>The bytes of the files that it has not.</summary>
    internal long OwnBytes { get; private set; }

    /// <param name="tree">The work tree.</param>
    /// <param name="target">A directory that exists and is empty.</param>
    /// <param name="leftOut">Paths of no interest: the caller writes them itself.</param>
    internal void Build(string tree, string target, IReadOnlySet<ImagePath> leftOut)
    {
        using var from = Top(tree);
        using var to = _target = Top(target);
        using var old = basis is { } known ? Top(known.Tree) : null;
        var below = Below(from, to, old, ImagePath.Root, leftOut);
        var self = Bytes.OfRaw(".");
        var facts = ImageRoot.StatOf(from, self, 0, tree);
        var xattrs = Xattrs.Read(from, self, tree);
        ImageRoot.SetMetadataAt(to, self, new(facts.Permissions, facts.Uid, facts.Gid, facts.MtimeNs, xattrs), target);
        _entries.Insert(0, new(ImagePath.Root, _hash.Of(from, self, facts, xattrs, tree)));
        _digests.Add(ImagePath.Root, facts, xattrs, 0);
        _weights.Directory(ImagePath.Root, below);
    }

    /// <summary>A file of our own in the built tree, the older generation's where that has the same; its directory keeps the work tree's time, which its catalogue entry holds.</summary>
    internal void Add(ImageRoot tree, ImagePath path, byte[] content, int permissions)
    {
        var directory = tree.Metadata(path.Parent);
        if (!TryShare(tree, path, content, permissions))
        {
            tree.WriteFile(path, content, FileMetadata.Root(permissions, ImageRoot.Now));
        }

        tree.SetMetadata(path.Parent, directory);
        using var parent = Top(Path.Combine(tree.HostPath, path.Parent.Raw));
        var leaf = Bytes.OfRaw(path.Name);
        var facts = ImageRoot.StatOf(parent, leaf, 0, path.ToString());
        _entries.Add(new(path, _hash.Of(parent, leaf, facts, path.ToString())));
        _digests.Add(path, facts, Xattrs.Read(parent, leaf, path.ToString()), _hash.Content);
    }

    private bool TryShare(ImageRoot tree, ImagePath path, byte[] content, int permissions)
    {
        if (basis is not { } known)
        {
            return false;
        }

        using var older = ImageRoot.Open(known.Tree);
        if (older.TryStat(path) is not { IsRegular: true, Uid: 0, Gid: 0 } facts || facts.Permissions != permissions || facts.Size != content.Length
            || !older.ReadFile(path, content.Length).AsSpan().SequenceEqual(content))
        {
            return false;
        }

        using var from = older.OpenFolder(path.Parent);
        using var to = tree.OpenFolder(path.Parent);
        var leaf = Bytes.OfRaw(path.Name);
        return Libc.linkat(from.Number, leaf, to.Number, leaf, 0) == 0;
    }

    private static Fd Top(string path) => Fd.Open(Flags.AtFdCwd, Bytes.Of(path), Flags.ReadOnly | Flags.Directory | Flags.NoFollow, path);

    /// <returns>What the directory takes with all in it: bytes, entries.</returns>
    private (long Bytes, long Entries) Below(Fd from, Fd to, Fd? old, ImagePath directory, IReadOnlySet<ImagePath> leftOut)
    {
        var (bytes, entries) = (0L, 1L);
        foreach (var name in ImageRoot.ListOf(from, directory.ToString()))
        {
            var path = directory.Join(name);
            if (leftOut.Contains(path))
            {
                continue;
            }

            var leaf = Bytes.OfRaw(name);
            var facts = ImageRoot.StatOf(from, leaf, 0, Shown(path));
            var weight = facts.IsDirectory ? Directory(from, to, old, leaf, facts, path, leftOut) : _weights.Of(facts);
            (bytes, entries) = (bytes + weight.Bytes, entries + weight.Entries);
            if (!facts.IsDirectory)
            {
                Entry(from, to, old, leaf, facts, path);
            }
        }

        return (bytes, entries);
    }

    private (long Bytes, long Entries) Directory(Fd from, Fd to, Fd? old, byte[] leaf, FileFacts facts, ImagePath path, IReadOnlySet<ImagePath> leftOut)
    {
        if (Libc.mkdirat(to.Number, leaf, 0x1C0) != 0)
        {
            throw LinuxException.Last("make directory", Shown(path));
        }

        const int Plain = Flags.ReadOnly | Flags.Directory | Flags.NoFollow;
        var xattrs = Xattrs.Read(from, leaf, Shown(path));
        _entries.Add(new(path, _hash.Of(from, leaf, facts, xattrs, Shown(path))));
        _digests.Add(path, facts, xattrs, 0);
        (long Bytes, long Entries) below;
        using (var source = Fd.Open(from.Number, leaf, Plain, Shown(path)))
        using (var target = Fd.Open(to.Number, leaf, Plain, Shown(path)))
        using (var basisDirectory = old is null ? null : Fd.TryOpen(old.Number, leaf, Plain, out _))
        {
            below = Below(source, target, basisDirectory, path, leftOut);
        }

        ImageRoot.SetMetadataAt(to, leaf, new(facts.Permissions, facts.Uid, facts.Gid, facts.MtimeNs, xattrs), Shown(path));
        below.Bytes += facts.Blocks * 512;
        _weights.Directory(path, below);
        return below;
    }

    private void Entry(Fd from, Fd to, Fd? old, byte[] leaf, FileFacts facts, ImagePath path)
    {
        if (facts.Links > 1 && _linked.TryGetValue(facts.Inode, out var first))
        {
            Link(_target!, Bytes.Of(first.Path), to, leaf, path);
            _entries.Add(new(path, first.Hash));
            _digests.Add(path, facts, first.Digest);
        }
        else
        {
            var (hash, digest) = Shareable(from, old, leaf, facts, path, out var share);
            share = share && Libc.linkat(old!.Number, leaf, to.Number, leaf, 0) == 0; // EMLINK: too many generations have it; ours begins anew
            if (!share)
            {
                Link(from, leaf, to, leaf, path);
                OwnBytes += facts.IsRegular && !SharesBlocks(from, old, leaf, facts, path) ? facts.Blocks * 512 : 0;
            }

            Shared += share ? 1 : 0;
            _entries.Add(new(path, hash));
            if (facts.Links > 1)
            {
                _linked[facts.Inode] = (path, hash, digest);
            }
        }

        if (facts.IsSparse && SparseFiles.HasHole(from, leaf, facts.Size, Shown(path)))
        {
            _sparse.Add(path);
        }
    }

    private (ulong Hash, ulong Digest) Shareable(Fd from, Fd? old, byte[] leaf, FileFacts facts, ImagePath path, out bool share)
    {
        if (old is not null && copied?.IsUntouched(facts, path) == true && basis!.Value.Catalogue.Hashes.TryGetValue(path, out var known) && _digests.Before(path) is { } recorded)
        {
            share = true;
            return (known, _digests.Add(path, facts, recorded));
        }

        var xattrs = Xattrs.Read(from, leaf, Shown(path));
        var hash = _hash.Of(from, leaf, facts, xattrs, Shown(path));
        var digest = _digests.Add(path, facts, xattrs, _hash.Content);
        share = old is not null && TryStat(old, leaf, path) is { } other && Alike(facts, other) && !_taken.Contains(other.Inode)
            && _hash.Of(old, leaf, other, Shown(path)) == hash // its bytes as they are now: its catalogue would not tell of rot
            && _taken.Add(other.Inode);
        return (hash, digest);
    }

    /// <summary>Another mode, owner or time makes a file of its own, but not of the same bytes once more.</summary>
    private bool SharesBlocks(Fd from, Fd? old, byte[] leaf, FileFacts facts, ImagePath path)
    {
        const int Plain = Flags.ReadOnly | Flags.NoFollow | Flags.NonBlock;
        if (!_blocksAreShareable || old is null || facts.Size == 0 || TryStat(old, leaf, path) is not { IsRegular: true } other || other.Size != facts.Size)
        {
            return false;
        }

        using var kept = Fd.Open(old.Number, leaf, Plain, Shown(path));
        using var mine = Fd.Open(from.Number, leaf, Plain, Shown(path));
        var shared = SharedBlocks.TryShare(kept, mine, facts.Size);
        _blocksAreShareable = shared is not null;
        return shared == true;
    }

    private static bool Alike(FileFacts mine, FileFacts other) =>
        (mine.Kind, mine.Permissions, mine.Uid, mine.Gid, mine.Size, mine.MtimeNs) == (other.Kind, other.Permissions, other.Uid, other.Gid, other.Size, other.MtimeNs);

    private static FileFacts? TryStat(Fd directory, byte[] leaf, ImagePath path)
    {
        try
        {
            return ImageRoot.StatOf(directory, leaf, 0, path.ToString());
        }
        catch (LinuxException e) when (e.Errno == Errno.ENOENT)
        {
            return null;
        }
    }

    private static void Link(Fd from, byte[] leaf, Fd to, byte[] name, ImagePath path)
    {
        if (Libc.linkat(from.Number, leaf, to.Number, name, 0) != 0)
        {
            throw LinuxException.Last("link", Shown(path));
        }
    }

    private static string Shown(ImagePath path) => path.ToString();
}
